import type { Agency } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

export interface PairingDocument {
  /** Eight letters; see `user-code.ts`. */
  userCode: string;
  /** Not claimed until then, it is over. */
  expiresAtMs: number;
  /** What the screen becomes; absent until an administrator typed its code. */
  screen?: { screenId: string; displayName: string; agencies: Agency[]; pairedAtMs: number } | undefined;
  /** When the screen first fetched its session. */
  claimedAtMs?: number | undefined;
  /** The session it fetched last. */
  sessionId?: string | undefined;
  removeAt: Date;
}

/** Screens that ask to be paired; `_id` is the SHA-256 of the device code, base64url. */
export const pairings = defineCollection<PairingDocument>({
  name: 'identity_pairings',
  fields: {
    userCode: { type: String, required: true },
    expiresAtMs: { type: Number, required: true },
    screen: { type: Object, default: undefined },
    claimedAtMs: Number,
    sessionId: String,
    removeAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'userCode', fields: { userCode: 1 }, unique: true },
    { name: 'remove', fields: { removeAt: 1 }, expireAfterSeconds: 0 },
  ],
});

export type StoredPairing = Stored<PairingDocument>;
