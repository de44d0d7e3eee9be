import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Fault, type Agency } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import { stills, type StillDocument, type StoredStill } from './still-document.ts';

/** Which stills: of agencies, of a camera, for something. */
interface Wanted {
  readonly owners: readonly Agency[] | undefined;
  readonly cameraId: string | undefined;
  readonly about: string | undefined;
}

/** A picture under way for longer than this broke off: far longer than one takes to be stored. */
const UNDER_WAY_MS = 60_000;

/** What is known of a still before its picture is. */
type Taken = Omit<StillDocument, 'hash' | 'bytes' | 'keeping'> & { _id: string };

/**
 * Stills of the context's city. The document comes first, marked as under way, then its picture: whatever breaks off in
 * between, no picture is kept that no document names.
 */
@Injectable()
export class StillsStore {
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
  ) {}

  /** Keeps a picture; a repeat of the same press answers what the first one kept, or finishes what it began. */
  keep(taken: Taken, jpeg: Buffer): Promise<StoredStill> {
    return asExercise(taken.exercise, async () => {
      const { press } = currentContext();
      const once = press === undefined ? {} : { once: press };
      const begun = { ...taken, ...contentOf(jpeg), keeping: true as const, wakeAtMs: Date.now() + UNDER_WAY_MS };
      const made = await this.store.create(stills, begun, once);
      if (made.keeping !== true) return made;
      return made.hash === begun.hash ? this.#finish(made, jpeg) : this.#takeUp(made, begun, jpeg);
    });
  }

  /** A still whose picture is there. */
  async find(stillId: string): Promise<StoredStill | undefined> {
    const found = await this.store.find(stills, stillId);
    return found?.keeping === true ? undefined : found;
  }

  /** What becomes of one that is under way for too long: kept when its picture is there, else there was none. */
  async settle(still: StoredStill): Promise<void> {
    if (await this.#isThere(still)) await this.#show(still);
    // the document first: who has stored its picture since has changed it, and it stays
    else if ((await this.store.remove(stills, { _id: still._id, version: still.version })) !== undefined)
      await this.blobs.remove(still.hash);
  }

  /** Last taken first. */
  page(
    { owners, cameraId, about }: Wanted,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<StillDocument>> {
    // prettier-ignore
    const where = {
      keeping: null,
      ...(owners === undefined ? {} : { owner: trusted({ $in: owners }) }),
      ...(cameraId === undefined ? {} : { cameraId }),
      ...(about === undefined ? {} : { about }),
    } as never;
    return this.store.page(stills, { where, sort: 'takenAtMs', descending: true, limit, after });
  }

  async picture({ hash }: StoredStill): Promise<Buffer> {
    return buffer(await this.blobs.get(hash));
  }

  /** The picture first: what breaks off in between is found and finished. */
  async erase({ _id, hash }: StoredStill): Promise<void> {
    await this.blobs.remove(hash);
    await this.store.remove(stills, { _id });
  }

  async removeExercises(): Promise<number> {
    const found = await this.store.of(stills).find({ exercise: true }).lean<StoredStill[]>();
    for (const still of found) await this.erase(still);
    return found.length;
  }

  /** What a run of the same press began and did not end: as it left it when its picture is there, else with that of now. */
  async #takeUp(before: StoredStill, begun: StillDocument & { _id: string }, jpeg: Buffer): Promise<StoredStill> {
    const shown = (await this.#isThere(before)) ? await this.#show(before) : undefined;
    if (shown !== undefined) return shown;
    const { _id, ...fields } = begun;
    const after = await this.store.change(stills, {
      where: { _id, version: before.version },
      change: { $set: fields },
    });
    if (after === undefined) throw changedMeanwhile();
    await this.blobs.remove(before.hash);
    return this.#finish(after, jpeg);
  }

  async #finish(still: StoredStill, jpeg: Buffer): Promise<StoredStill> {
    await this.blobs.put(jpeg, 'image/jpeg');
    const now = (await this.#show(still)) ?? (await this.find(still._id));
    if (now?.hash === still.hash) return now;
    // erased meanwhile, or taken up by another run: nobody names this picture any more
    await this.blobs.remove(still.hash);
    throw changedMeanwhile();
  }

  /** Its picture is there: it is kept from now on. undefined: it is under way no more, or with another picture. */
  #show({ _id, hash, keptUntilMs }: StoredStill): Promise<StoredStill | undefined> {
    const where = { _id, hash, keeping: true } as never;
    return this.store.change(stills, {
      where,
      change: { $unset: { keeping: 1 }, $set: { wakeAtMs: keptUntilMs } },
    });
  }

  async #isThere({ hash }: StoredStill): Promise<boolean> {
    try {
      await this.blobs.info(hash);
      return true;
    } catch (error) {
      if (error instanceof Fault && error.kind === 'not-found') return false;
      throw error;
    }
  }
}

const contentOf = (jpeg: Buffer) => ({
  hash: createHash('sha256').update(jpeg).digest('hex'),
  bytes: jpeg.length,
});

const changedMeanwhile = () =>
  new Fault('unavailable', 'foto ini sedang disimpan atau dihapus, coba lagi · it is being kept or erased, try again');
