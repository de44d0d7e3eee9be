import { Inject, Injectable } from '@nestjs/common';
import { AcceptInvitation, Fault, type InputOf } from '@siaga/contracts';
import { audited, AUDITOR, type Auditor } from '@siaga/service';
import { PeopleStore } from '../people/people.store.ts';
import type { StoredPerson } from '../people/person-document.ts';
import { Renewals } from '../sessions/renewals.ts';
import type { StoredInvitation } from './invitation-document.ts';
import { InvitationsStore } from './invitations.store.ts';
import { isStillWorth } from './link-worth.ts';

/** What somebody chose on the page a link opens. */
type Chosen = InputOf<typeof AcceptInvitation>['body'];

/** Opens one-time links. */
@Injectable()
export class Acceptances {
  constructor(
    private readonly invitations: InvitationsStore,
    private readonly people: PeopleStore,
    private readonly renewals: Renewals,
    @Inject(AUDITOR) private readonly auditor: Auditor,
  ) {}

  /** The invitation behind a link, and of a renewal whose. Throws the same `not-found` for whatever opens nothing. */
  async read(token: string): Promise<{ invitation: StoredInvitation; person: StoredPerson | undefined }> {
    const invitation = await this.invitations.openBy(token);
    // whoever finds the link that a first start printed, once there is an administrator, is not another one
    if (invitation === undefined || (invitation.first === true && (await this.people.hasAdministrator())))
      throw opensNothing();
    const person = await this.people.find(invitation.personId);
    const maker = await this.people.find(invitation.createdBy);
    if (!isStillWorth(invitation, { person, maker })) {
      // a newcomer who is there came by this link
      if (person !== undefined && invitation.kind === 'newcomer') await this.invitations.use(invitation);
      throw opensNothing();
    }
    return { invitation, person };
  }

  /**
   * The person who was made, or whose password was renewed, by a link that opens nothing from now on. `passwordHash` is of
   * what was chosen. Throws `conflict` when the user name is taken (the link stays good), when somebody else is opening it, or
   * has become the first administrator by another link meanwhile.
   */
  async accept({ token, userName }: Omit<Chosen, 'password'>, passwordHash: string): Promise<StoredPerson> {
    const { invitation } = await this.read(token);
    if (invitation.kind === 'newcomer' && userName === undefined) throw needsUserName();
    const subjects = [`invitation:${invitation._id}`, `person:${invitation.personId}`];
    return audited(this.auditor, { name: AcceptInvitation.name, subjects }, async () => {
      const claimed = await this.invitations.claim(invitation);
      if (claimed === undefined) throw await this.taken(token);
      const person =
        userName === undefined || claimed.kind === 'renewal'
          ? await this.renewed(claimed, passwordHash)
          : await this.joined(claimed, { userName, passwordHash });
      await this.invitations.use(claimed);
      if (person === undefined) throw opensNothing();
      return person;
    });
  }

  /** undefined when this link made the person before, and only its end was not written down. */
  private async joined(
    claimed: StoredInvitation,
    { userName, passwordHash }: { userName: string; passwordHash: string },
  ): Promise<StoredPerson | undefined> {
    const { _id, personId, displayName, agencies, roles } = claimed;
    // two links for the first administrator may have been read at the same moment: only one of them makes him
    const first = claimed.first === true ? { first: true as const } : {};
    const person = { personId, userName, displayName, agencies, roles, passwordHash, lastInvitationId: _id, ...first };
    try {
      return await this.people.create(person);
    } catch (error) {
      // whether it was made is not known: the claim runs out, and whoever comes then finds out
      if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
      if ((await this.people.find(personId)) !== undefined) return undefined;
      await this.invitations.release(claimed);
      throw error;
    }
  }

  /** undefined when this link renewed the password before. */
  private async renewed({ _id, personId }: StoredInvitation, passwordHash: string): Promise<StoredPerson | undefined> {
    const isFirst = await this.people.renewPassword(personId, { invitationId: _id, passwordHash });
    await this.renewals.afterRenewal(personId);
    return isFirst ? this.people.find(personId) : undefined;
  }

  private async taken(token: string): Promise<Fault> {
    if ((await this.invitations.openBy(token)) === undefined) return opensNothing();
    return new Fault(
      'conflict',
      'tautan ini sedang dipakai, tunggu sebentar · this link is being used right now, wait a moment',
    );
  }
}

const opensNothing = () =>
  new Fault(
    'not-found',
    'tautan ini tidak berlaku, atau sudah dipakai: masuk bila sudah punya akun, atau minta tautan baru · this link is not valid or was used: sign in, or ask for a new one',
  );

function needsUserName(): Fault {
  const message = 'pilih nama pengguna · choose a user name';
  return new Fault('invalid', message, { issues: [{ at: 'userName', message }] });
}
