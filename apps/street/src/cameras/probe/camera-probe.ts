import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { CameraHealth, CameraJudgement, CameraReason } from '@siaga/contracts';
import type { CameraDocument } from '../camera-kind.ts';
import { CameraCredentials, type Credentials, type CredentialsOf } from '../credentials.ts';
import { CameraReach } from './camera-reach.ts';
import { PictureReader } from './picture-reader.ts';
import { isBlack, isSame } from './picture.ts';
import { lookAtStream, type StreamSeen } from './rtsp-client.ts';
import { takeStill } from './still.ts';
import { reasons, Unseen, unseenOf } from './unseen.ts';

/** What one look found. */
export interface Finding {
  readonly atMs: number;
  readonly health: CameraHealth;
  readonly reason: CameraReason;
  readonly detail?: string | undefined;
  readonly judged: CameraJudgement;
  /** Something of a picture came: its packets, or a still that is not black or frozen. */
  readonly hadPicture: boolean;
  readonly stream?: StreamSeen | undefined;
  readonly still?: Buffer | undefined;
}

/** `description`: the camera says that it has a picture; `packets`: some of it comes; `picture`: stills are looked at as well. */
export type Depth = 'description' | 'packets' | 'picture';

export type LookedAt = Pick<CameraDocument, 'streamUrl' | 'snapshotUrl'> & { readonly _id: string };

const WITHIN_MS = 8000;
const STILL_WITHIN_MS = 4000;
/** A camera that moves has another picture by then. */
const STILLS_APART_MS = 2000;
const packetsOf: Readonly<Record<Depth, number>> = { description: 0, packets: 1, picture: 30 };

/** Looks at cameras by their own protocols; whole looks end within 14 s. */
@Injectable()
export class CameraProbe implements BeforeApplicationShutdown {
  /** The end of the process is none of a camera's doing: what is cut off by it is no finding. */
  readonly #closing = new AbortController();

  constructor(
    private readonly reach: CameraReach,
    private readonly credentials: CameraCredentials,
    private readonly pictures: PictureReader,
  ) {}

  beforeApplicationShutdown(): void {
    this.#closing.abort();
  }

  /** Never rejects for what a camera does. */
  async look(camera: LookedAt, depth: Depth): Promise<Finding> {
    const { streamUrl, snapshotUrl } = camera;
    if (streamUrl === undefined && snapshotUrl === undefined) return found('no-address');
    const [stream, stills] = await Promise.all([
      streamUrl === undefined ? undefined : this.#stream(camera, streamUrl, packetsOf[depth]).catch(orThrow),
      snapshotUrl === undefined || (depth !== 'picture' && streamUrl !== undefined)
        ? undefined
        : this.#stills(camera, snapshotUrl, depth).catch(orThrow),
    ]);
    this.#closing.signal.throwIfAborted();
    const missed = [stream, stills].find((one) => one instanceof Unseen);
    const seen = stream instanceof Unseen ? undefined : stream;
    const pictures = stills instanceof Unseen ? undefined : stills;
    const rest = { stream: seen, still: pictures?.still, judged: pictures?.judged ?? 'not-judged' } as const;
    if (stream instanceof Unseen) return found(stream.reason, { ...rest, detail: stream.detail });
    if (rest.judged === 'frozen' || rest.judged === 'black') return found(rest.judged, rest);
    // without a stream its stills are all there is of a camera
    if (seen === undefined && missed !== undefined) return found(missed.reason, { ...rest, detail: missed.detail });
    const hadPicture = (seen?.packets ?? 0) > 0 || pictures !== undefined;
    return found('ok', { ...rest, hadPicture, detail: missed === undefined ? undefined : stillMissed(missed) });
  }

  /** One still, for who watches. Throws {@link Unseen}. */
  async still(camera: LookedAt): Promise<Buffer> {
    const { snapshotUrl } = camera;
    if (snapshotUrl === undefined) throw new Unseen('no-address');
    return this.#still(camera, snapshotUrl);
  }

  async #stream(camera: LookedAt, given: string, packets: number): Promise<StreamSeen> {
    const { address, credentials } = await this.#signIn(camera, given);
    const signal = this.#within(WITHIN_MS);
    try {
      const socket = await this.reach.open(new URL(address), signal);
      return await lookAtStream(socket, { address, credentials, packets }).finally(() => socket.destroySoon());
    } catch (error) {
      throw unseenOf(error, signal);
    }
  }

  async #stills(camera: LookedAt, address: string, depth: Depth) {
    const still = await this.#still(camera, address);
    if (depth !== 'picture') return { still, judged: 'not-judged' } as const;
    const first = await this.pictures.read(still);
    if (first === undefined) return { still, judged: 'not-judged' } as const;
    if (isBlack(first)) return { still, judged: 'black' } as const;
    await wait(STILLS_APART_MS, undefined, { signal: this.#closing.signal });
    const later = await this.#still(camera, address).then((jpeg) => this.pictures.read(jpeg), () => undefined); // prettier-ignore
    if (later === undefined) return { still, judged: 'not-judged' } as const;
    return { still, judged: isSame(first, later) ? 'frozen' : 'moving' } as const;
  }

  async #still(camera: LookedAt, given: string): Promise<Buffer> {
    const { address, credentials } = await this.#signIn(camera, given);
    const signal = this.#within(STILL_WITHIN_MS);
    try {
      return await takeStill(this.reach, { address, credentials, signal });
    } catch (error) {
      throw unseenOf(error, signal);
    }
  }

  #within(ms: number): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(ms), this.#closing.signal]);
  }

  /** The address with what it must carry, and what the camera may ask for. */
  async #signIn(camera: LookedAt, given: string): Promise<{ address: string; credentials: CredentialsOf }> {
    const credentials = await this.credentials.of(camera._id, given);
    return { address: typeof credentials === 'string' ? given : filled(given, credentials), credentials };
  }
}

const filled = (address: string, { userName, password }: Credentials): string =>
  address
    .replaceAll(/\{user\}|%7Buser%7D/gi, () => encodeURIComponent(userName))
    .replaceAll(/\{password\}|%7Bpassword%7D/gi, () => encodeURIComponent(password));

/** What a camera did is a finding; anything else is ours. */
function orThrow(error: unknown): Unseen {
  if (error instanceof Unseen) return error;
  throw error;
}

const stillMissed = ({ reason, detail }: Unseen) =>
  `gambar tak dapat dinilai: ${reasons[reason].words}${detail === undefined ? '' : ` (${detail})`}`.slice(0, 200);

function found(reason: CameraReason, rest: Partial<Omit<Finding, 'reason' | 'health' | 'atMs'>> = {}): Finding {
  const { judged = 'not-judged', hadPicture = false, ...more } = rest;
  return { atMs: Date.now(), health: reasons[reason].health, reason, judged, hadPicture, ...more };
}
