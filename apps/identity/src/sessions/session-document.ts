import { defineCollection, type Stored } from '@siaga/store';
import type { RefreshState } from './refresh-rule.ts';

export interface SessionDocument extends RefreshState {
  principalId: string;
  kind: 'person' | 'screen';
  /** SHA-256 of what all refresh tokens of the session begin with, base64url. */
  familyHash: string;
  createdAtMs: number;
  lastSeenAtMs: number;
  /** With which of his passwords a person proved who he was; none for a screen. */
  passwordNumber?: number | undefined;
  userAgent: string;
  address: string;
  endedAtMs?: number | undefined;
  /** The document leaves then, ended or not. */
  removeAt: Date;
}

/** Where people and screens are signed in; `_id` is the sessionId. */
export const sessions = defineCollection<SessionDocument>({
  name: 'identity_sessions',
  fields: {
    principalId: { type: String, required: true },
    kind: { type: String, required: true },
    familyHash: { type: String, required: true },
    refreshHash: { type: String, required: true },
    elderHashes: { type: [String], default: undefined },
    previousHash: String,
    retiredHashes: { type: [String], default: undefined },
    rotatedAtMs: { type: Number, required: true },
    followedAtMs: Number,
    usedAtMs: Number,
    createdAtMs: { type: Number, required: true },
    lastSeenAtMs: { type: Number, required: true },
    passwordNumber: Number,
    userAgent: { type: String },
    address: { type: String },
    endedAtMs: Number,
    removeAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'principal', fields: { principalId: 1 } },
    { name: 'family', fields: { familyHash: 1 }, unique: true },
    { name: 'remove', fields: { removeAt: 1 }, expireAfterSeconds: 0 },
  ],
});

export type StoredSession = Stored<SessionDocument>;
