import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { DeviceRef } from './device.ts';
import { FieldClass } from './field-class.ts';
import { revealing } from './permission.ts';
import { PrincipalId, SessionId } from './principal.ts';
import { people, roles } from './role.ts';
import { UserName } from './session.ts';
import { Agency, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** Roles a person may be given; a device and a screen have theirs by being one. */
export const PersonRole = z.enum(roles).exclude(['device', 'screen']);
export type PersonRole = z.infer<typeof PersonRole>;

const Agencies = z.array(Agency).min(1).max(Agency.options.length);
const PersonRoles = z.array(PersonRole).min(1).max(PersonRole.options.length);

export const identityDevices = defineStream({ name: 'identity.devices', delivery: 'latest', keepForDays: 3650 });

/** SHA-256 of a key, base64url: a key is 32 random bytes, so nothing slower is needed. */
const KeyHash = z.string().length(43);

/** An IPv4 or IPv6 network, like `10.20.0.0/16`, from which a device may report. */
export const Network = z.union([z.cidrv4(), z.cidrv6()]);

/** How a device proves itself at a door. A device nobody said anything of needs no proof beyond being registered. */
export const DeviceCredentialsChanged = defineEvent({
  name: 'identity.device.credentials-changed',
  summary: 'How a device proves itself from now on: key hashes, networks, or that it is blocked.',
  stream: identityDevices,
  data: DeviceRef.extend({
    /** `deviceKey` of the device. */
    key: z.string(),
    keyHash: KeyHash.optional(),
    /** The key before, for 24 h after the rotation. */
    previous: z.object({ keyHash: KeyHash, untilMs: EpochMs }).optional(),
    /** Empty: from anywhere. */
    networks: z.array(Network),
    blocked: z.boolean(),
    version: z.number().int().min(1),
  }),
  key: (device) => device.key,
  version: (device) => device.version,
  audience: [],
});
export type DeviceCredentialsChanged = DataOf<typeof DeviceCredentialsChanged>;

/** One place somebody is signed in. */
export const Session = z.object({
  sessionId: SessionId,
  principalId: PrincipalId,
  createdAtMs: EpochMs,
  lastSeenAtMs: EpochMs,
  /** Browser and system, in the words of its User-Agent header. */
  userAgent: z.string(),
  address: z.string().meta({ class: 'personal' }),
  /** The one that asks. */
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const ListSessions = defineRoute({
  name: 'identity.sessions.list',
  summary: 'Where a person is signed in, the last seen first: I myself, or somebody I administer.',
  method: 'GET',
  path: '/api/identity/people/:personId/sessions',
  params: z.object({ personId: PrincipalId }),
  answer: z.object({ items: z.array(Session) }),
  permission: people,
});

export const EndSession = defineRoute({
  name: 'identity.sessions.end',
  summary: 'Signs a person out in one place: every screen of that session goes dark within 2 s.',
  method: 'DELETE',
  path: '/api/identity/people/:personId/sessions/:sessionId',
  params: z.object({ personId: PrincipalId, sessionId: SessionId }),
  answer: z.object({}),
  permission: people,
});

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
  summary: 'A one-time link, good for 7 days, by which somebody chooses user name and password.',
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
  summary: 'Links that nobody used yet.',
  method: 'GET',
  path: '/api/identity/invitations',
  answer: z.object({ items: z.array(Invitation) }),
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

/** An unattended screen on a wall. */
export const PairedScreen = z.object({
  screenId: PrincipalId,
  displayName: label(80),
  agencies: Agencies,
  revoked: z.boolean(),
  pairedAtMs: EpochMs,
  lastSeenAtMs: EpochMs.optional(),
});
export type PairedScreen = z.infer<typeof PairedScreen>;

export const PairScreen = defineRoute({
  name: 'identity.screens.pair',
  summary: 'Lets the screen that shows this code see what these agencies see, until it is revoked.',
  method: 'POST',
  path: '/api/identity/screens',
  body: z.object({ userCode: z.string().trim().min(1).max(20), displayName: label(80), agencies: Agencies }),
  answer: PairedScreen,
  permission: ['agency-admin'],
  audit: () => [],
});

export const ListScreens = defineRoute({
  name: 'identity.screens.list',
  summary: 'Paired screens of the city, or of my agencies.',
  method: 'GET',
  path: '/api/identity/screens',
  answer: z.object({ items: z.array(PairedScreen) }),
  permission: ['agency-admin'],
});

export const RevokeScreen = defineRoute({
  name: 'identity.screens.revoke',
  summary: 'A screen shows nothing any more, within 2 s, and must be paired anew.',
  method: 'DELETE',
  path: '/api/identity/screens/:screenId',
  params: z.object({ screenId: PrincipalId }),
  answer: z.object({}),
  permission: ['agency-admin'],
});

/** How a device proves itself, without any secret. */
export const DeviceCredentials = DeviceRef.extend({
  hasKey: z.boolean(),
  keyIssuedAtMs: EpochMs.optional(),
  /** The key before counts until then. */
  previousKeyUntilMs: EpochMs.optional(),
  networks: z.array(Network),
  blocked: z.boolean(),
  version: z.number().int().min(1),
});
export type DeviceCredentials = z.infer<typeof DeviceCredentials>;

export const ListDeviceCredentials = defineRoute({
  name: 'identity.devices.list',
  summary: 'Devices that carry a key, report from known networks only, or are blocked.',
  method: 'GET',
  path: '/api/identity/devices',
  answer: z.object({ items: z.array(DeviceCredentials) }),
  permission: ['agency-admin'],
});

export const IssueDeviceKey = defineRoute({
  name: 'identity.devices.issue-key',
  summary:
    'A new key for a device, shown this once. The key before counts for another 24 h. From now on a key is needed.',
  method: 'POST',
  path: '/api/identity/devices/:protocol/:deviceId/key',
  params: DeviceRef,
  answer: z.object({
    key: z.string(),
    device: DeviceCredentials,
    /** What the phone's app is to be given, per protocol: a web address, or a configuration link for a QR. */
    setUp: z.array(z.object({ label: z.string(), text: z.string() })),
  }),
  status: 200,
  permission: ['agency-admin'],
  secret: true,
});

export const ChangeDeviceCredentials = defineRoute({
  name: 'identity.devices.change',
  summary: 'From which networks a device may report, and whether it may at all: takes effect within 5 s at every door.',
  method: 'PUT',
  path: '/api/identity/devices/:protocol/:deviceId',
  params: DeviceRef,
  body: z.object({ networks: z.array(Network).max(8).optional(), blocked: z.boolean().optional() }),
  answer: DeviceCredentials,
  permission: ['agency-admin'],
});

export const Reveal = defineRoute({
  name: 'identity.reveal',
  summary: 'Uncovers masked fields for me for a short time. That it was asked is written down, and the reason is kept.',
  method: 'POST',
  path: '/api/identity/reveal',
  body: z.object({
    classes: z.array(FieldClass).min(1).max(FieldClass.options.length),
    reason: label(300).min(
      10,
      'tulis alasannya, paling sedikit 10 karakter · state the reason, at least 10 characters',
    ),
    minutes: z.number().int().min(1).max(15),
  }),
  answer: z.object({ untilMs: EpochMs }),
  status: 200,
  permission: revealing,
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
