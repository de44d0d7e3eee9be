import type { expect } from '@jest/globals';
import type { Collection, Connection } from 'mongoose';

/** What a case is written with. */
export interface Cases {
  /** One behaviour. `referenceDiffers` says what the independent server does against the manual. */
  readonly holds: (name: string, run: () => Promise<void>, note?: { referenceDiffers: string }) => void;
  readonly connection: () => Connection;
  /** A new collection with these documents. */
  readonly fresh: (...documents: object[]) => Promise<Collection>;
  /** The positions of the documents that match a query. */
  readonly matches: (documents: object[], query: object) => Promise<number[]>;
  /** `await code(promise).toMatchObject({ code: 11000 })` */
  readonly code: (promise: Promise<unknown>) => ReturnType<typeof expect<Promise<unknown>>>['rejects'];
}
