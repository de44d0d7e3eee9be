import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { FieldClass } from './field-class.ts';
import { PrincipalId, SessionId } from './principal.ts';
import { people, peopleAndScreens, roles } from './role.ts';
import { Agency, CityCode, EpochMs } from './shapes.ts';

/** SCIM's `userName` (RFC 7643 §4.1.1): what somebody types to sign in; small letters, digits and `. _ -`. */
export const UserName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, '3–40 huruf kecil, angka atau . _ - · small letters, digits or . _ -');

/** NIST SP 800-63B-4 §3.1.1: long enough beats rules about letters. */
export const Password = z
  .string()
  .min(12, 'paling sedikit 12 karakter · at least 12 characters')
  .max(200, 'paling banyak 200 karakter · at most 200 characters');

/** A secret that we made: the code of its city, a dot, 32 random bytes in base64url. */
export const Secret = z.string().min(1).max(200);

/** Who is signed in, as his own screen needs it. */
export const Me = z.object({
  principalId: z.string(),
  kind: z.enum(['person', 'device', 'service', 'screen']),
  displayName: z.string(),
  agencies: z.array(Agency),
  roles: z.array(z.enum(roles)),
  /** Absent for who came without signing in: the local operator, a script's token. */
  sessionId: SessionId.optional(),
  /** Masked fields are uncovered until then. */
  reveal: z.object({ classes: z.array(FieldClass), untilMs: EpochMs }).optional(),
});
export type Me = z.infer<typeof Me>;

export const SignIn = defineRoute({
  name: 'session.sign-in',
  summary:
    'Signs a person in: the browser gets httpOnly cookies. After five wrong passwords each further try waits twice as long.',
  method: 'POST',
  path: '/api/session',
  body: z.object({
    userName: UserName,
    password: z.string().min(1).max(200),
    /** Whose user it is; absent: the home city's. */
    city: CityCode.optional(),
  }),
  answer: Me,
  status: 200,
  permission: 'anyone',
  secret: true,
});

export const RefreshSession = defineRoute({
  name: 'session.refresh',
  summary: 'A fresh access token for the session of the refresh cookie, which changes each time.',
  method: 'POST',
  path: '/api/session/refresh',
  answer: z.object({ me: Me, accessExpiresAtMs: EpochMs }),
  status: 200,
  permission: 'anyone',
});

export const GetMe = defineRoute({
  name: 'session.me',
  summary: 'Who I am: 401 when nobody is signed in.',
  method: 'GET',
  path: '/api/session',
  answer: Me,
  permission: peopleAndScreens,
});

export const SignOut = defineRoute({
  name: 'session.sign-out',
  summary:
    'Ends this session everywhere and takes its cookies away; the refresh cookie alone does, and who is out already is.',
  method: 'DELETE',
  path: '/api/session',
  answer: z.object({}),
  // an access token that has run out keeps nobody in; whose session ends is proved by its cookies or its token
  permission: 'anyone',
});

export const IssueTicket = defineRoute({
  name: 'session.ticket',
  summary: 'A ticket for the handshake of `/live` and the first message of `/voice`, good for 60 s.',
  method: 'POST',
  path: '/api/session/ticket',
  answer: z.object({ ticket: z.string(), expiresAtMs: EpochMs }),
  status: 200,
  permission: peopleAndScreens,
  audit: 'none', // every screen fetches one each time it connects
  secret: true,
});

export const ChangePassword = defineRoute({
  name: 'session.change-password',
  summary: 'Changes my password and ends my other sessions.',
  method: 'POST',
  path: '/api/session/password',
  body: z.object({ current: z.string().min(1).max(200), next: Password }),
  answer: z.object({}),
  status: 200,
  permission: people,
  secret: true,
});

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
