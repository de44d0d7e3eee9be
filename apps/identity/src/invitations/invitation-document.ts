import type { Agency, Invitation, PersonRole } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

export interface InvitationDocument {
  /** SHA-256 of what the link carries, base64url. */
  tokenHash: string;
  /** `newcomer`: the person it makes has `personId` then; `renewal`: the one whose password it renews. */
  kind: 'newcomer' | 'renewal';
  personId: string;
  displayName: string;
  agencies: Agency[];
  roles: PersonRole[];
  /** principalId of who made it. */
  createdBy: string;
  /** Made while nobody administered the city, to make somebody who does: worth nothing as soon as anybody does. */
  first?: boolean | undefined;
  expiresAtMs: number;
  /** Somebody is opening it since then. */
  claimedAtMs?: number | undefined;
  usedAtMs?: number | undefined;
  withdrawnAtMs?: number | undefined;
  /** The document leaves then. */
  removeAt: Date;
}

/** One-time links by which somebody becomes a person of the city, or chooses a new password; `_id` is the invitationId. */
export const invitations = defineCollection<InvitationDocument>({
  name: 'identity_invitations',
  fields: {
    tokenHash: { type: String, required: true },
    kind: { type: String, required: true },
    personId: { type: String, required: true },
    displayName: { type: String, required: true },
    agencies: { type: [String], required: true },
    roles: { type: [String], required: true },
    createdBy: { type: String, required: true },
    first: Boolean,
    expiresAtMs: { type: Number, required: true },
    claimedAtMs: Number,
    usedAtMs: Number,
    withdrawnAtMs: Number,
    removeAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'token', fields: { tokenHash: 1 }, unique: true },
    { name: 'person', fields: { personId: 1 } },
    { name: 'expires', fields: { expiresAtMs: 1 } },
    { name: 'remove', fields: { removeAt: 1 }, expireAfterSeconds: 0 },
  ],
});

export type StoredInvitation = Stored<InvitationDocument>;

/** An invitation as administrators see it: nothing that would open it. */
export function invitationOf(document: StoredInvitation): Invitation {
  const { _id, kind, personId, displayName, agencies, roles, expiresAtMs } = document;
  return {
    ...{ invitationId: _id, displayName, agencies, roles, expiresAtMs },
    ...(kind === 'renewal' ? { personId } : {}),
  };
}
