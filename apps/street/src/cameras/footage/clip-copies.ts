import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { createLogger, currentContext } from '@siaga/service';
import { Timers } from '@siaga/store';
import { OneAtATime } from '../../one-at-a-time.ts';
import { MEDIA_SERVERS, partsOf, serverNamed, type MediaServer } from '../media/media-servers.ts';
import { recordingAt } from '../media/mediamtx.ts';
import { ViewTickets } from '../media/view-tickets.ts';
import { clips, type StoredClip } from './clip-document.ts';
import { ClipsStore } from './clips.store.ts';

const log = createLogger('cameras');

/** A process that dies while it copies is one try. */
const MOST_TRIES = 3;
/** A server that is away for longer may have written over what is asked for. */
const WITHIN_MS = 8 * 60_000;

/** Copies recordings whose time has come, beside everything else: one at a time in a city. */
@Injectable()
export class ClipCopies implements OnModuleDestroy {
  readonly #inTurn = new OneAtATime();
  readonly #ending = new AbortController();

  constructor(
    @Inject(MEDIA_SERVERS) private readonly servers: readonly MediaServer[],
    private readonly tickets: ViewTickets,
    private readonly kept: ClipsStore,
    timers: Timers,
  ) {
    timers.onDue(clips, async (clip) => {
      await this.#due(clip);
      return undefined;
    });
  }

  /** What is under way then is begun again by the process after this one. */
  onModuleDestroy(): void {
    this.#ending.abort();
  }

  async #due(clip: StoredClip): Promise<void> {
    if (clip.status === 'kept' || clip.status === 'failed') return this.kept.erase(clip);
    if (clip.tries >= MOST_TRIES)
      return this.kept.fail(clip, 'terputus tiga kali saat disalin · broke off three times while it was copied');
    const begun = await this.kept.begin(clip);
    if (begun !== undefined) void this.#inTurn.run(currentContext().city, () => this.#copy(begun));
  }

  async #copy(clip: StoredClip): Promise<void> {
    try {
      await this.kept.keep(clip, await this.#recording(clip));
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      log.warn({ err: error, clip: clip._id }, 'a recording could not be copied');
      // the next try may find the store again
      if (error instanceof Fault && error.kind === 'unavailable') return;
      await this.kept.fail(clip, problemOf(error)).catch((later: unknown) => {
        log.warn({ err: later, clip: clip._id }, 'that a recording could not be copied is said by the next try');
      });
    }
  }

  async #recording({ mediaStream, fromMs, toMs }: StoredClip): Promise<Readable> {
    const { server: name, stream } = partsOf(mediaStream);
    const server = serverNamed({ city: currentContext().city, name }, this.servers);
    if (server?.playback === undefined) throw new NoRecording(unrecorded);
    const answer = await fetch(recordingAt(server.playback, stream, { fromMs, toMs }), {
      headers: { authorization: `Bearer ${this.tickets.forApi(server)}` },
      redirect: 'error',
      signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    if (answer.status === 200 && answer.body !== null) return Readable.fromWeb(answer.body);
    await answer.body?.cancel();
    throw new NoRecording(wordsFor(answer.status));
  }
}

/** Says why in words. */
class NoRecording extends Error {
  override readonly name = 'NoRecording';
}

export const unrecorded =
  'server media kamera ini tidak punya alamat putar ulang di MEDIA_SERVERS (go2rtc tidak merekam) · its media server has no playback';

function wordsFor(status: number): string {
  if (status === 404) return 'server media tidak punya rekaman saat itu · it recorded nothing then';
  if (status === 401 || status === 403)
    return 'server media menolak kami: periksa authHTTPAddress dan rahasianya · it refused us';
  return `server media menjawab HTTP ${String(status)} · it answered HTTP ${String(status)}`;
}

function problemOf(error: unknown): string {
  if (error instanceof NoRecording) return error.message;
  if (error instanceof Fault && error.kind === 'too-large') return 'rekamannya lebih dari 200 MB · more than 200 MB';
  const { name, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return 'server media tidak selesai dalam 8 menit · not within 8 minutes';
  return `server media tidak terjangkau atau terputus (${cause?.code ?? 'putus'}) · it cannot be reached, or broke off`;
}
