import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Fault, type Agency } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import type { ByteRange } from './byte-range.ts';
import { fullWith, MOST_CLIP_BYTES, MOST_CLIPS } from './clip-room.ts';
import { clips, type ClipDocument, type StoredClip } from './clip-document.ts';

/** A copy that takes longer has broken off: its process died. */
const LEASE_MS = 10 * 60_000;
/** What its server has recorded last is in its file by then. */
const SETTLED_MS = 15_000;
/** Who waits for his turn is looked at so often; a process that dies meanwhile has forgotten him. */
const WAITING_MS = 60_000;
/** An erasing that takes longer broke off. */
const ERASING_MS = 10_000;

/** Which clips: of agencies, of a camera, for something. */
interface Wanted {
  readonly owners: readonly Agency[] | undefined;
  readonly cameraId: string | undefined;
  readonly about: string | undefined;
}

/** Clips of the context's city; each step is one guarded change of one document. */
@Injectable()
export class ClipsStore {
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
  ) {}

  /** A repeat of the same press answers what the first one made. Throws `conflict` when the city has no room left. */
  async make(document: ClipDocument & { _id: string }): Promise<StoredClip> {
    const { press } = currentContext();
    const found = this.store.of(clips).find({ status: trusted({ $ne: 'failed' }) } as never, { bytes: 1 });
    const full = fullWith(await found.limit(MOST_CLIPS).lean<{ bytes?: number }[]>());
    if (full !== undefined) throw full;
    const whole = { ...document, wakeAtMs: document.toMs + SETTLED_MS };
    const once = press === undefined ? {} : { once: press };
    return asExercise(document.exercise, () => this.store.create(clips, whole, once));
  }

  async find(clipId: string): Promise<StoredClip | undefined> {
    const found = await this.store.find(clips, clipId);
    return found?.erasing === undefined ? found : undefined;
  }

  /** Last asked for first. */
  page(
    { owners, cameraId, about }: Wanted,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<ClipDocument>> {
    const where = {
      erasing: null,
      ...(owners === undefined ? {} : { owner: trusted({ $in: owners }) }),
      ...(cameraId === undefined ? {} : { cameraId }),
      ...(about === undefined ? {} : { about }),
    } as never;
    return this.store.page(clips, { where, sort: 'askedAtMs', descending: true, limit, after });
  }

  /** Its turn comes; undefined as with {@link begin}. */
  wait(clip: StoredClip): Promise<StoredClip | undefined> {
    return this.#step(clip, { wakeAtMs: Date.now() + WAITING_MS });
  }

  /** undefined when another process began, or it was erased. */
  begin(clip: StoredClip): Promise<StoredClip | undefined> {
    return this.#step(clip, { status: 'keeping', tries: clip.tries + 1, wakeAtMs: Date.now() + LEASE_MS });
  }

  /** Its recording, as it comes; nothing stays of one that nobody waits for any more. Throws what the recording throws. */
  async keep(begun: StoredClip, recording: Readable): Promise<void> {
    const { hash, bytes } = await this.blobs.put(recording, 'video/mp4', MOST_CLIP_BYTES);
    const kept = { status: 'kept', bytes, sha256: hash, wakeAtMs: begun.keptUntilMs } as const;
    if ((await this.#step(begun, kept)) === undefined) await this.#drop(hash);
    else if (!(await this.#isThere(hash))) await this.#copyAgain(hash);
  }

  /** It is tried again when its lease is over. */
  async setBack(begun: StoredClip, setback: string): Promise<void> {
    await this.#step(begun, { setback: setback.slice(0, 300) });
  }

  /** For good. */
  async fail(clip: StoredClip, problem: string): Promise<void> {
    await this.#step(clip, { status: 'failed', problem: problem.slice(0, 300), wakeAtMs: clip.keptUntilMs });
  }

  /** All of it, or a stretch. */
  recording(sha256: string, range?: ByteRange): Promise<Readable> {
    return this.blobs.get(sha256, range);
  }

  /** As it was read; throws `unavailable` when it has changed since. What breaks off in between is found and finished. */
  async erase(clip: StoredClip): Promise<void> {
    const { _id, version, sha256 } = clip;
    if (sha256 === undefined && clip.erasing === undefined) {
      if ((await this.store.remove(clips, { _id, version })) === undefined) await this.#erasedByAnother(_id);
      return;
    }
    const hash = clip.erasing ?? (await this.#mark(clip));
    if (hash === undefined) return this.#erasedByAnother(_id);
    await this.#drop(hash);
    await this.store.remove(clips, { _id });
  }

  async removeExercises(): Promise<number> {
    const found = await this.store.of(clips).find({ exercise: true }).lean<StoredClip[]>();
    for (const clip of found) await this.erase(clip);
    return found.length;
  }

  /** It names its recording no more; answers the recording's hash, undefined when the clip has changed meanwhile. */
  async #mark({ _id, version, sha256 }: StoredClip): Promise<string | undefined> {
    const change = { $set: { erasing: sha256, wakeAtMs: Date.now() + ERASING_MS }, $unset: { sha256: 1 } } as const;
    return (await this.store.change(clips, { where: { _id, version }, change }))?.erasing;
  }

  async #erasedByAnother(clipId: string): Promise<void> {
    if ((await this.find(clipId)) !== undefined)
      throw new Fault('unavailable', 'rekaman ini baru saja berubah, coba lagi · it has just changed, try again');
  }

  /** Clips of the same moments have one recording: it goes with the last that names it. */
  async #drop(sha256: string): Promise<void> {
    if ((await this.#naming(sha256)).length > 0) return;
    await this.blobs.remove(sha256);
    await this.#copyAgain(sha256);
  }

  /** Those that came to name a recording just while it was erased. */
  async #copyAgain(sha256: string): Promise<void> {
    for (const { _id, version } of await this.#naming(sha256)) {
      const change = { $set: { status: 'asked', wakeAtMs: Date.now() }, $unset: { sha256: 1, bytes: 1 } } as const;
      await this.store.change(clips, { where: { _id, version }, change });
    }
  }

  #naming(sha256: string): Promise<StoredClip[]> {
    return this.store.of(clips).find({ sha256 }).lean<StoredClip[]>();
  }

  async #isThere(sha256: string): Promise<boolean> {
    try {
      await this.blobs.info(sha256);
      return true;
    } catch (error) {
      if (error instanceof Fault && error.kind === 'not-found') return false;
      throw error;
    }
  }

  #step({ _id, version }: StoredClip, fields: Partial<StoredClip>): Promise<StoredClip | undefined> {
    return this.store.change(clips, { where: { _id, version }, change: { $set: fields } });
  }
}
