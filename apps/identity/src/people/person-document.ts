import { PrincipalChanged, type Agency, type FieldClass, type PersonRole } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

export interface PersonDocument {
  userName: string;
  displayName: string;
  agencies: Agency[];
  roles: PersonRole[];
  blocked: boolean;
  /** argon2id in PHC form. */
  passwordHash: string;
  /** Counts his passwords, from 1: a session that was begun with an earlier one opens nothing. */
  passwordNumber: number;
  /** Masked fields uncovered for a short time. */
  reveal?: { classes: FieldClass[]; untilMs: number; revealId?: string | undefined } | undefined;
  createdAtMs: number;
  lastSignInAtMs?: number | undefined;
  /** The link that made the person or renewed his password last: none does either twice. */
  lastInvitationId?: string | undefined;
  /** Came by a link for the first administrator, and was the first to come: the index lets one be so. */
  first?: true | undefined;
  /** Nobody knows any more who it was. */
  erasedAtMs?: number | undefined;
}

/** People of the city; `_id` is the personId. Nobody leaves: who has gone stays blocked, so that his tokens stay nobody's. */
export const people = defineCollection<PersonDocument>({
  name: 'identity_people',
  fields: {
    userName: { type: String, required: true },
    displayName: { type: String, required: true },
    agencies: { type: [String], required: true },
    roles: { type: [String], required: true },
    blocked: { type: Boolean, required: true },
    passwordHash: { type: String, required: true },
    passwordNumber: { type: Number, required: true },
    reveal: { type: Object, default: undefined },
    createdAtMs: { type: Number, required: true },
    lastSignInAtMs: Number,
    lastInvitationId: String,
    first: Boolean,
    erasedAtMs: Number,
  },
  indexes: [
    { name: 'userName', fields: { userName: 1 }, unique: true },
    { name: 'first', fields: { first: 1 }, unique: true, sparse: true },
  ],
  state: stateOf(PrincipalChanged, ({ _id, version, agencies, roles, blocked, reveal }) => ({
    principalId: _id,
    kind: 'person' as const,
    ...{ agencies, roles, blocked, version },
    ...(reveal === undefined ? {} : { reveal }),
  })),
});

export type StoredPerson = Stored<PersonDocument>;
