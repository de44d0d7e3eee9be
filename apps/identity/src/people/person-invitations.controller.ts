import { Controller } from '@nestjs/common';
import {
  Fault,
  InvitePerson,
  ListInvitations,
  RenewPassword,
  WithdrawInvitation,
  type Agency,
  type AnswerOf,
  type InputOf,
} from '@siaga/contracts';
import { LogStanding, mayManage } from '@siaga/identity';
import { currentContext, Route } from '@siaga/service';
import { invitationOf } from '../invitations/invitation-document.ts';
import { InvitationsStore, MOST_OPEN } from '../invitations/invitations.store.ts';
import { refuseToGiveMore } from './refuse-to-give-more.ts';
import { PeopleRegister } from './register.store.ts';
import { withinScope } from './within-scope.ts';

const DAY_MS = 86_400_000;

/** A letter may lie for a week. */
const NEWCOMER_MS = 7 * DAY_MS;

/** Who forgot his password stands beside his administrator, or is on the phone. */
const RENEWAL_MS = DAY_MS;

/** One-time links for newcomers and forgotten passwords, for administrators. */
@Controller()
export class PersonInvitationsController {
  constructor(
    private readonly invitations: InvitationsStore,
    private readonly register: PeopleRegister,
    private readonly standing: LogStanding,
  ) {}

  @Route(InvitePerson)
  async invite({ body }: InputOf<typeof InvitePerson>): Promise<AnswerOf<typeof InvitePerson>> {
    const wanted = { agencies: [...new Set(body.agencies)], roles: [...new Set(body.roles)] };
    refuseToGiveMore(currentContext().principal, wanted);
    for (const agency of wanted.agencies) if (await this.invitations.isFull(agency)) throw tooManyOpen(agency);
    const first = wanted.roles.includes('city-admin') && !this.standing.hasAdministrator(currentContext().city);
    return this.invitations.make({ displayName: body.displayName, ...wanted, first, lifetimeMs: NEWCOMER_MS });
  }

  @Route(RenewPassword)
  async renew({ params: { personId } }: InputOf<typeof RenewPassword>): Promise<AnswerOf<typeof RenewPassword>> {
    const person = await this.register.get(currentContext().principal, personId);
    if (person.blocked)
      throw new Fault('conflict', 'orang ini diblokir: buka blokirnya dulu · this person is blocked: unblock first');
    const { displayName, agencies, roles } = person;
    return this.invitations.make({ personId, displayName, agencies, roles, lifetimeMs: RENEWAL_MS });
  }

  @Route(ListInvitations)
  async list({ query }: InputOf<typeof ListInvitations>): Promise<AnswerOf<typeof ListInvitations>> {
    const page = await this.invitations.page(withinScope(currentContext().principal), query);
    return { ...page, items: page.items.map(invitationOf) };
  }

  /** Throws `not-found`, with the same words for none and for one that is not this administrator's. */
  @Route(WithdrawInvitation)
  async withdraw({
    params: { invitationId },
  }: InputOf<typeof WithdrawInvitation>): Promise<AnswerOf<typeof WithdrawInvitation>> {
    const invitation = await this.invitations.find(invitationId);
    if (invitation === undefined || !mayManage(currentContext().principal, invitation))
      throw new Fault(
        'not-found',
        'undangan ini tidak ada atau sudah dipakai · there is no such invitation, or it was used',
      );
    if (await this.invitations.withdraw(invitationId)) return {};
    throw new Fault('conflict', 'tautan ini sedang dibuka · this link is being opened right now');
  }
}

const tooManyOpen = (agency: Agency) =>
  new Fault(
    'conflict',
    `sudah ada ${String(MOST_OPEN)} undangan ${agency} yang belum dipakai: tarik yang tidak perlu lagi · ${String(MOST_OPEN)} invitations of ${agency} are still open: withdraw those that are not needed`,
  );
