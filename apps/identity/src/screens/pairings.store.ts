import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { hashOfSecret, newSecret } from '@siaga/identity';
import { Store, trusted, type OnceKey } from '@siaga/store';
import { withCity } from '../city-of-visitor.ts';
import { pairings, type PairingDocument, type StoredPairing } from './pairing-document.ts';
import { newUserCode } from './user-code.ts';

/** Time to walk from the wall to a desk; RFC 8628 §3.2 leaves it to us. After the code was typed the screen has as long again. */
const LIFETIME_MS = 10 * 60_000;

/** An answer that was lost on its way is asked for again within this time. */
const CLAIM_AGAIN_MS = 2 * 60_000;

/** A code that is taken by chance is rare; five in a row are not chance. */
const TRIES = 5;

/** A pairing whose screen is known. */
export type PairedPairing = StoredPairing & { screen: NonNullable<PairingDocument['screen']> };

/** Screens on their way to be paired: begun by the screen, paired by an administrator, claimed by the screen. */
@Injectable()
export class PairingsStore {
  constructor(private readonly store: Store) {}

  /** The device code is told to the screen, and kept as a hash only. */
  async begin(): Promise<{ deviceCode: string; userCode: string; expiresAtMs: number }> {
    const deviceCode = withCity(newSecret());
    const expiresAtMs = Date.now() + LIFETIME_MS;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const userCode = newUserCode();
      const document = { _id: pairingIdOf(deviceCode), userCode, expiresAtMs, removeAt: removedAt(expiresAtMs) };
      const made = await this.store.createIfFree(pairings, document);
      if (made !== undefined) return { deviceCode, userCode, expiresAtMs };
    }
    throw new Fault('unavailable', 'kode tidak dapat dibuat, coba lagi · no code could be made, try again');
  }

  /** What the screen with this code becomes; undefined when no screen shows the code, or somebody was faster. */
  async pair(
    userCode: string,
    screen: PairedPairing['screen'],
    once: OnceKey | undefined,
  ): Promise<PairedPairing | undefined> {
    const found = await this.store.of(pairings).findOne({ userCode }).lean<StoredPairing>();
    if (found === null) return undefined;
    const now = Date.now();
    const expiresAtMs = now + LIFETIME_MS;
    const paired = await this.store.change(pairings, {
      where: { _id: found._id, screen: null, expiresAtMs: trusted({ $gt: now }) },
      change: { $set: { screen, expiresAtMs, removeAt: removedAt(expiresAtMs) } },
      ...(once && { once }),
    });
    return paired as PairedPairing | undefined;
  }

  /** By the device code; undefined when it is none of ours or nothing comes of it any more. */
  async find(deviceCode: string): Promise<StoredPairing | undefined> {
    const found = await this.store.find(pairings, pairingIdOf(deviceCode));
    return found !== undefined && Date.now() < claimableUntilMs(found) ? found : undefined;
  }

  /** Takes the right to fetch the session; undefined when another request of the same screen has it. */
  async claim({ _id, version, claimedAtMs = Date.now() }: PairedPairing): Promise<PairedPairing | undefined> {
    const claimed = await this.store.change(pairings, { where: { _id, version }, change: { $set: { claimedAtMs } } });
    return claimed as PairedPairing | undefined;
  }

  /** Notes what a claim brought; false when the screen claimed again meanwhile. */
  async noteSession({ _id, version }: PairedPairing, sessionId: string): Promise<boolean> {
    const noted = await this.store.change(pairings, { where: { _id, version }, change: { $set: { sessionId } } });
    return noted !== undefined;
  }
}

export const isPaired = (pairing: StoredPairing): pairing is PairedPairing => pairing.screen !== undefined;

/** Of a device code. */
export const pairingIdOf = hashOfSecret;

const claimableUntilMs = ({ claimedAtMs, expiresAtMs }: PairingDocument): number =>
  claimedAtMs === undefined ? expiresAtMs : claimedAtMs + CLAIM_AGAIN_MS;

/** Long enough after its end that what was claimed in the last second can be claimed again. */
const removedAt = (expiresAtMs: number): Date => new Date(expiresAtMs + 2 * CLAIM_AGAIN_MS);
