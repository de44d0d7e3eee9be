import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createLogger, currentContext } from '@siaga/service';
import { Timers } from '@siaga/store';
import { OneAtATime } from '../../one-at-a-time.ts';
import { MEDIA_SERVERS, partsOf, serverNamed, type MediaServer } from '../media/media-servers.ts';
import { recordingAt } from '../media/mediamtx.ts';
import { ViewTickets } from '../media/view-tickets.ts';
import { clips, type StoredClip } from './clip-document.ts';
import { isFinal, NoRecording, noRecordingBy, problemOf, unrecorded } from './clip-trouble.ts';
import { ClipsStore } from './clips.store.ts';

const log = createLogger('cameras');

/** A process that dies while it copies is one try. */
const MOST_TRIES = 3;
/** A server that is away for longer may have written over what is asked for. */
const WITHIN_MS = 8 * 60_000;
const brokeOff = 'terputus tiga kali saat disalin · broke off three times while it was copied';

/** Copies recordings whose time has come, beside everything else: one at a time in a city. */
@Injectable()
export class ClipCopies implements OnModuleDestroy {
  readonly #inTurn = new OneAtATime();
  /** Those whose turn has not come, by clipId, as this process changed them last. */
  readonly #waiting = new Map<string, StoredClip>();
  readonly #turns = new Set<Promise<void>>();
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

  /** What is under way then stops, and is begun again by the process after this one. */
  async onModuleDestroy(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#turns);
  }

  async #due(clip: StoredClip): Promise<void> {
    if (clip.erasing !== undefined || clip.status === 'kept' || clip.status === 'failed') return this.kept.erase(clip);
    if (clip.tries >= MOST_TRIES) return this.kept.fail(clip, clip.setback ?? brokeOff);
    const waiting = await this.kept.wait(clip);
    if (waiting === undefined) return;
    const isQueued = this.#waiting.has(clip._id);
    this.#waiting.set(clip._id, waiting);
    if (isQueued) return;
    const turn = this.#inTurn.run(currentContext().city, () => this.#turn(clip._id));
    this.#turns.add(turn);
    void turn.finally(() => this.#turns.delete(turn));
  }

  /** The lease begins with the copy, however long it waited. */
  async #turn(clipId: string): Promise<void> {
    const waiting = this.#waiting.get(clipId);
    this.#waiting.delete(clipId);
    if (waiting === undefined || this.#ending.signal.aborted) return;
    try {
      const begun = await this.kept.begin(waiting);
      if (begun !== undefined) await this.#copy(begun);
    } catch (error) {
      log.warn({ err: error, clip: clipId }, 'what became of a recording is found out by the next try');
    }
  }

  async #copy(clip: StoredClip): Promise<void> {
    try {
      await this.kept.keep(clip, await this.#recording(clip));
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      log.warn({ err: error, clip: clip._id }, 'a recording could not be copied');
      await (isFinal(error) ? this.kept.fail(clip, problemOf(error)) : this.kept.setBack(clip, problemOf(error)));
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
    throw noRecordingBy(answer.status);
  }
}
