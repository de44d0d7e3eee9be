import { Injectable } from '@nestjs/common';
import { tooMany } from '@siaga/service';
import { defineCollection, Store } from '@siaga/store';
import { waitMs } from './back-off.ts';

interface SignInTriesDocument {
  /** In a row; a try under way counts as one. */
  failures: number;
  /** Nobody may try before, epoch ms. */
  openAtMs: number;
  removeAt: Date;
}

const KEPT_MS = 86_400_000;

/** Each loss of a race is a try of somebody else. */
const RACES = 5;

/** Wrong passwords by what they were tried on; `_id` tells nobody what that was. Known to every process of the city. */
export const signInTries = defineCollection<SignInTriesDocument>({
  name: 'identity_sign_in_tries',
  fields: {
    failures: { type: Number, required: true },
    openAtMs: { type: Number, required: true },
    removeAt: { type: Date, required: true },
  },
  indexes: [{ name: 'remove', fields: { removeAt: 1 }, expireAfterSeconds: 0 }],
});

/** Lock-out with back-off. */
@Injectable()
export class SignInTries {
  constructor(private readonly store: Store) {}

  /** Throws `too-many` while nobody may try. */
  async admit(key: string): Promise<void> {
    refuseBefore((await this.store.find(signInTries, key))?.openAtMs);
  }

  /**
   * Counts a try as a failure before it is known to be one: a hundred at once get no more than their five. Throws
   * `too-many` while nobody may try.
   */
  async charge(key: string): Promise<void> {
    for (let race = 0; race < RACES; race += 1) {
      const known = await this.store.find(signInTries, key);
      refuseBefore(known?.openAtMs);
      const now = Date.now();
      const failures = (known?.failures ?? 0) + 1;
      const tried = { failures, openAtMs: now + waitMs(failures), removeAt: new Date(now + KEPT_MS) };
      const counted = await (known === undefined
        ? this.store.createIfFree(signInTries, { _id: key, ...tried })
        : this.store.change(signInTries, { where: { _id: key, version: known.version }, change: { $set: tried } }));
      if (counted !== undefined) return;
    }
    throw triedTooOften(1);
  }

  /** It was no failure. */
  async forget(key: string): Promise<void> {
    await this.store.remove(signInTries, { _id: key });
  }
}

function refuseBefore(openAtMs = 0): void {
  const leftMs = openAtMs - Date.now();
  if (leftMs > 0) throw triedTooOften(Math.ceil(leftMs / 1000));
}

/** The same for user names that nobody has. */
const triedTooOften = (retryAfterS: number) => tooMany({ door: 'api', because: 'caller', retryAfterS });
