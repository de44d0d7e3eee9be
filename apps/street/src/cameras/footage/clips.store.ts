import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Agency } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import { clips, type ClipDocument, type StoredClip } from './clip-document.ts';

/** A copy that takes longer has broken off: its process died. */
const LEASE_MS = 10 * 60_000;
/** What its server has recorded last is in its file by then. */
const SETTLED_MS = 15_000;
/** Ten minutes of a common camera are 150 MB. */
export const MOST_CLIP_BYTES = 200 * 1024 * 1024;

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

  /** A repeat of the same press answers what the first one made. */
  make(document: ClipDocument & { _id: string }): Promise<StoredClip> {
    const { press } = currentContext();
    const whole = { ...document, wakeAtMs: document.toMs + SETTLED_MS };
    const once = press === undefined ? {} : { once: press };
    return asExercise(document.exercise, () => this.store.create(clips, whole, once));
  }

  find(clipId: string): Promise<StoredClip | undefined> {
    return this.store.find(clips, clipId);
  }

  /** Last asked for first. */
  page(
    { owners, cameraId, about }: Wanted,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<ClipDocument>> {
    const where = {
      ...(owners === undefined ? {} : { owner: trusted({ $in: owners }) }),
      ...(cameraId === undefined ? {} : { cameraId }),
      ...(about === undefined ? {} : { about }),
    } as never;
    return this.store.page(clips, { where, sort: 'askedAtMs', descending: true, limit, after });
  }

  /** undefined when another process began, or it was erased. */
  begin(clip: StoredClip): Promise<StoredClip | undefined> {
    return this.#step(clip, { status: 'keeping', tries: clip.tries + 1, wakeAtMs: Date.now() + LEASE_MS });
  }

  /** Its recording, as it comes; nothing stays of one that nobody waits for any more. Throws what the recording throws. */
  async keep(begun: StoredClip, recording: Readable): Promise<void> {
    const { hash, bytes } = await this.blobs.put(recording, 'video/mp4', MOST_CLIP_BYTES);
    const kept = { status: 'kept', bytes, sha256: hash, wakeAtMs: begun.keptUntilMs } as const;
    if ((await this.#step(begun, kept)) === undefined) await this.blobs.remove(hash);
  }

  /** For good. */
  async fail(clip: StoredClip, problem: string): Promise<void> {
    await this.#step(clip, { status: 'failed', problem: problem.slice(0, 300), wakeAtMs: clip.keptUntilMs });
  }

  recording(sha256: string): Promise<Readable> {
    return this.blobs.get(sha256);
  }

  /** The recording first: what breaks off in between is found and finished. */
  async erase({ _id, sha256 }: StoredClip): Promise<void> {
    if (sha256 !== undefined) await this.blobs.remove(sha256);
    await this.store.remove(clips, { _id });
  }

  async removeExercises(): Promise<number> {
    const found = await this.store.of(clips).find({ exercise: true }).lean<StoredClip[]>();
    for (const clip of found) await this.erase(clip);
    return found.length;
  }

  #step({ _id, version }: StoredClip, fields: Partial<StoredClip>): Promise<StoredClip | undefined> {
    return this.store.change(clips, { where: { _id, version }, change: { $set: fields } });
  }
}
