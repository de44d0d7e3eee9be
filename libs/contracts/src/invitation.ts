import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { PrincipalId } from './principal.ts';
import { PersonRoles } from './role.ts';
import { Me, Password, Secret, UserName } from './session.ts';
import { Agencies, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** Somebody who is asked to become a person of the city, or to choose a new password. */
export const Invitation = z.object({
  invitationId: z.string(),
  displayName: label(80),
  agencies: Agencies,
  roles: PersonRoles,
  /** Whose password it renews; absent for a newcomer. */
  personId: PrincipalId.optional(),
  expiresAtMs: EpochMs,
});
export type Invitation = z.infer<typeof Invitation>;

/** The link is shown once; `path` goes behind the city's address. */
const InvitationLink = z.object({ invitation: Invitation, path: z.string() });

export const InvitePerson = defineRoute({
  name: 'identity.people.invite',
  summary:
    'A one-time link, good for 7 days, by which somebody chooses user name and password; an agency has 200 at a time.',
  method: 'POST',
  path: '/api/identity/invitations',
  body: z.object({ displayName: label(80), agencies: Agencies, roles: PersonRoles }),
  answer: InvitationLink,
  permission: ['agency-admin'],
  audit: () => [],
  secret: true,
});

export const RenewPassword = defineRoute({
  name: 'identity.people.renew-password',
  summary: 'A one-time link, good for 24 h, by which a person who forgot his password chooses another.',
  method: 'POST',
  path: '/api/identity/people/:personId/password',
  params: z.object({ personId: PrincipalId }),
  answer: InvitationLink,
  permission: ['agency-admin'],
  secret: true,
});

export const ListInvitations = defineRoute({
  name: 'identity.invitations.list',
  summary: 'Links that nobody used yet, the next to expire first.',
  method: 'GET',
  path: '/api/identity/invitations',
  query: PageQuery,
  answer: pageOf(Invitation),
  permission: ['agency-admin'],
});

export const WithdrawInvitation = defineRoute({
  name: 'identity.invitations.withdraw',
  summary: 'A link that is to open nothing any more.',
  method: 'DELETE',
  path: '/api/identity/invitations/:invitationId',
  params: z.object({ invitationId: z.string().max(60) }),
  answer: z.object({}),
  permission: ['agency-admin'],
});

export const ReadInvitation = defineRoute({
  name: 'session.invitation.read',
  summary: 'What a link offers, for the page it opens. Unknown, used and expired links look the same.',
  method: 'POST',
  path: '/api/session/invitation/read',
  body: z.object({ token: Secret }),
  answer: z.object({ displayName: z.string(), userName: UserName.optional(), expiresAtMs: EpochMs }),
  status: 200,
  permission: 'anyone',
  secret: true,
});

export const AcceptInvitation = defineRoute({
  name: 'session.invitation.accept',
  summary:
    'Chooses user name and password and signs in; a link opens once. For a forgotten password `userName` is left out.',
  method: 'POST',
  path: '/api/session/invitation/accept',
  body: z.object({ token: Secret, userName: UserName.optional(), password: Password }),
  answer: Me,
  status: 200,
  permission: 'anyone',
  secret: true,
});
