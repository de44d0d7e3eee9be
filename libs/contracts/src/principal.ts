import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineStream } from './define-stream.ts';
import { FieldClass } from './field-class.ts';
import { roles } from './role.ts';
import { Agency, EpochMs } from './shapes.ts';

/** Opaque, random: says nothing of whom it names, so it may stand in logs and in the audit trail. */
export const PrincipalId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/);
export const SessionId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/);

export const identityPrincipals = defineStream({ name: 'identity.principals', delivery: 'latest', keepForDays: 3650 });

/**
 * What somebody may do from now on. Every process keeps the newest one of each principal: it overrides what older tokens
 * say, and somebody who is blocked here is nobody at any door. Never taken back: who has gone stays blocked.
 */
export const PrincipalChanged = defineEvent({
  name: 'identity.principal.changed',
  summary: 'What a person or a screen may do from now on; overrides what his tokens say.',
  stream: identityPrincipals,
  data: z.object({
    principalId: PrincipalId,
    kind: z.enum(['person', 'screen']),
    agencies: z.array(Agency),
    roles: z.array(z.enum(roles)),
    blocked: z.boolean(),
    /** Masked fields uncovered for a short time; `revealId` names the last time it was asked for. */
    reveal: z
      .object({ classes: z.array(FieldClass), untilMs: EpochMs, revealId: z.string().max(60).optional() })
      .optional(),
    version: z.number().int().min(1),
  }),
  key: (principal) => principal.principalId,
  version: (principal) => principal.version,
  audience: [],
});
export type PrincipalChanged = DataOf<typeof PrincipalChanged>;

export const identityEndedSessions = defineStream({
  name: 'identity.ended-sessions',
  delivery: 'latest',
  // far longer than any token of a session lives
  keepForDays: 30,
});

/** A session is over: its tokens count no more, wherever they turn up. */
export const SessionEnded = defineEvent({
  name: 'identity.session.ended',
  summary: 'A session is over before its time: its tokens count no more.',
  stream: identityEndedSessions,
  data: z.object({ sessionId: SessionId, principalId: PrincipalId, atMs: EpochMs }),
  key: (session) => session.sessionId,
  audience: [],
});
export type SessionEnded = DataOf<typeof SessionEnded>;
