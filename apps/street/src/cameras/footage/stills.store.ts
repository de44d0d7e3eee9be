import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Agency } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Blobs, Store, trusted, type Page } from '@siaga/store';
import { stills, type StillDocument, type StoredStill } from './still-document.ts';

/** Which stills: of agencies, of a camera, for something. */
interface Wanted {
  readonly owners: readonly Agency[] | undefined;
  readonly cameraId: string | undefined;
  readonly about: string | undefined;
}

/** Stills of the context's city; picture and document come and go together. */
@Injectable()
export class StillsStore {
  constructor(
    private readonly store: Store,
    private readonly blobs: Blobs,
  ) {}

  /** Keeps a picture; a repeat of the same press answers what the first one kept. */
  async keep(document: Omit<StillDocument, 'hash' | 'bytes'> & { _id: string }, jpeg: Buffer): Promise<StoredStill> {
    const { hash, bytes } = await this.blobs.put(jpeg, 'image/jpeg');
    const { press } = currentContext();
    const once = press === undefined ? {} : { once: press };
    const whole = { ...document, hash, bytes, wakeAtMs: document.keptUntilMs };
    const kept = await asExercise(document.exercise, () => this.store.create(stills, whole, once));
    // the press before it kept another
    if (kept.hash !== hash) await this.blobs.remove(hash);
    return kept;
  }

  find(stillId: string): Promise<StoredStill | undefined> {
    return this.store.find(stills, stillId);
  }

  /** Last taken first. */
  page(
    { owners, cameraId, about }: Wanted,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<StillDocument>> {
    // prettier-ignore
    const where = {
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
}
