import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { PrincipalId } from './principal.ts';
import { PersonRoles } from './role.ts';
import { UserName } from './session.ts';
import { Agencies, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** A person as administrators see him. */
export const Person = z.object({
  personId: PrincipalId,
  userName: UserName,
  displayName: label(80),
  agencies: Agencies,
  roles: PersonRoles,
  blocked: z.boolean(),
  createdAtMs: EpochMs,
  lastSignInAtMs: EpochMs.optional(),
  version: z.number().int().min(1),
});
export type Person = z.infer<typeof Person>;

export const ListPeople = defineRoute({
  name: 'identity.people.list',
  summary: 'People of the city, or of my agencies.',
  method: 'GET',
  path: '/api/identity/people',
  query: PageQuery,
  answer: pageOf(Person),
  permission: ['agency-admin'],
});

export const GetPerson = defineRoute({
  name: 'identity.people.get',
  summary: 'One person as he is now.',
  method: 'GET',
  path: '/api/identity/people/:personId',
  params: z.object({ personId: PrincipalId }),
  answer: Person,
  permission: ['agency-admin'],
});

export const ChangePerson = defineRoute({
  name: 'identity.people.change',
  summary: 'Changes name, agencies, roles, or blocks: takes effect on every open screen within 2 s.',
  method: 'PATCH',
  path: '/api/identity/people/:personId',
  params: z.object({ personId: PrincipalId }),
  body: z.object({
    /** The version it was read at; `conflict` when somebody changed it meanwhile. */
    version: z.number().int().min(1),
    displayName: label(80).optional(),
    agencies: Agencies.optional(),
    roles: PersonRoles.optional(),
    blocked: z.boolean().optional(),
  }),
  answer: Person,
  permission: ['agency-admin'],
});

export const ErasePerson = defineRoute({
  name: 'identity.people.erase',
  summary:
    'Erases who somebody is (UU PDP 27/2022, article 8): name, user name, password, addresses, reasons. What he did stays, under a pseudonym.',
  method: 'DELETE',
  path: '/api/identity/people/:personId',
  params: z.object({ personId: PrincipalId }),
  answer: z.object({}),
  permission: ['city-admin'],
});

/** For who starts the city: whether anybody could sign in and administer it. */
export const GetSetup = defineRoute({
  name: 'identity.setup.get',
  summary: 'Whether the city has an administrator.',
  method: 'GET',
  path: '/api/identity/setup',
  answer: z.object({ hasAdministrator: z.boolean() }),
  permission: ['city-admin'],
});
