import { Injectable } from '@nestjs/common';
import type { Agency, Invitation, InputOf, ListInvitations } from '@siaga/contracts';
import { hashOfSecret, newSecret } from '@siaga/identity';
import { currentContext } from '@siaga/service';
import { Store, trusted, type Page } from '@siaga/store';
import { withCity } from '../city-of-visitor.ts';
import { newPrincipalId } from '../people/people.store.ts';
import { invitationOf, invitations, type InvitationDocument, type StoredInvitation } from './invitation-document.ts';

/** Whom to ask; with `personId` it is somebody who is there, and chooses a new password. */
export type NewInvitation = Pick<InvitationDocument, 'displayName' | 'agencies' | 'roles'> & {
  personId?: string;
  /** For the first administrator. */
  first?: boolean;
  /** How long the link opens something. */
  lifetimeMs: number;
};

/** An invitation and the one time its link is shown; `path` goes behind the city's address. */
export interface MadeInvitation {
  invitation: Invitation;
  path: string;
}

/** Open links for newcomers of an agency at a time: more than its largest intake, and a list that somebody still reads. */
export const MOST_OPEN = 200;

/** Longer than opening takes, and than any of our calls waits for the database: who still has not finished died over it. */
const CLAIM_MS = 30_000;

const DAY_MS = 86_400_000;

/**
 * One-time links. To open one it is claimed, then the person is made or his password set, then it is used up. The person's
 * id is chosen when the link is made: whoever comes after a crash in between finds that person there, and makes no second.
 */
@Injectable()
export class InvitationsStore {
  constructor(private readonly store: Store) {}

  /** A new link for somebody who is there takes the place of his older ones. */
  async make({ displayName, agencies, roles, personId, first, lifetimeMs }: NewInvitation): Promise<MadeInvitation> {
    const token = withCity(newSecret());
    const now = Date.now();
    if (personId !== undefined) await this.withdrawAllOf(personId);
    const made = await this.store.create(invitations, {
      _id: newPrincipalId(),
      tokenHash: hashOfSecret(token),
      kind: personId === undefined ? 'newcomer' : 'renewal',
      personId: personId ?? newPrincipalId(),
      ...{ displayName, agencies, roles },
      createdBy: currentContext().principal.id,
      ...(first === true ? { first } : {}),
      expiresAtMs: now + lifetimeMs,
      removeAt: new Date(now + lifetimeMs + DAY_MS),
    });
    return { invitation: invitationOf(made), path: `/masuk#undangan=${token}` };
  }

  /** The one a link opens; undefined when it is unknown, used, withdrawn or expired. */
  async openBy(token: string): Promise<StoredInvitation | undefined> {
    const where = { tokenHash: hashOfSecret(token), ...unused() };
    return (await this.store.of(invitations).findOne(where).lean<StoredInvitation>()) ?? undefined;
  }

  /** One that nobody used yet, by its id. */
  async find(invitationId: string): Promise<StoredInvitation | undefined> {
    const where = { _id: invitationId, ...unused() };
    return (await this.store.of(invitations).findOne(where).lean<StoredInvitation>()) ?? undefined;
  }

  /** Of some, those nobody used yet, the next to expire first; `q` searches names. */
  page(some: object, { limit, after, q }: InputOf<typeof ListInvitations>['query']): Promise<Page<InvitationDocument>> {
    const search = { text: q, fields: ['displayName'] };
    const where = { ...some, ...unused() } as never;
    return this.store.page(invitations, { where, search, sort: 'expiresAtMs', limit, after });
  }

  /** Whether an agency has as many open links for newcomers as it may. */
  async isFull(agency: Agency): Promise<boolean> {
    const open = { agencies: agency, kind: 'newcomer', ...unused() } as never;
    return (await this.store.of(invitations).countDocuments(open)) >= MOST_OPEN;
  }

  /** False when there is none to withdraw: it was used, or is being opened now. */
  async withdraw(invitationId: string): Promise<boolean> {
    const where = { _id: invitationId, ...unused(), ...unclaimed() };
    const withdrawn = await this.store.change(invitations, { where, change: { $set: { withdrawnAtMs: Date.now() } } });
    return withdrawn !== undefined;
  }

  /** The link is this caller's to open; undefined when somebody else is opening it, or did. */
  claim({ _id }: StoredInvitation): Promise<StoredInvitation | undefined> {
    const where = { _id, ...unused(), ...unclaimed() };
    return this.store.change(invitations, { where, change: { $set: { claimedAtMs: Date.now() } } });
  }

  /** Nothing came of it: the link opens again. */
  async release({ _id, version }: StoredInvitation): Promise<void> {
    await this.store.change(invitations, { where: { _id, version }, change: { $unset: { claimedAtMs: 1 } } });
  }

  /** It opens nothing any more. */
  async use({ _id }: StoredInvitation): Promise<void> {
    const change = { $set: { usedAtMs: Date.now() } };
    await this.store.change(invitations, { where: { _id, usedAtMs: null }, change });
  }

  private async withdrawAllOf(personId: string): Promise<void> {
    const older = await this.store
      .of(invitations)
      .find({ personId, ...unused() })
      .lean<StoredInvitation[]>();
    await Promise.all(older.map(({ _id }) => this.withdraw(_id)));
  }
}

const unused = () => ({ usedAtMs: null, withdrawnAtMs: null, expiresAtMs: trusted({ $gt: Date.now() }) });

const unclaimed = () => ({
  $or: [{ claimedAtMs: null }, { claimedAtMs: trusted({ $lte: Date.now() - CLAIM_MS }) }],
});
