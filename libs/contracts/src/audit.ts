import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { PrincipalId } from './principal.ts';
import { EpochMs } from './shapes.ts';

/** One partition: the order of the log is the order of the chain. */
export const auditActions = defineStream({
  name: 'audit.actions',
  delivery: 'every',
  keepForDays: 90,
  onRequest: true,
});

/** `truck:T1`: kind and id of what an action touched; ids are pseudonyms, never names or numbers of people. */
const Subject = z.string().min(1).max(200);

/** A subject as somebody types it to search for it: asking is written down, so it must be no free text. */
const AskedSubject = z
  .string()
  .max(190) // with a word before it, it is a subject itself
  .regex(
    /^[a-z][A-Za-z_-]*:[\w.:/*@+-]+$/,
    'tulis jenis:id tanpa spasi, misalnya truck:T1; jangan nama orang · write kind:id without spaces, like truck:T1; no names of people',
  );

/** Somebody is about to do something: in the log before it is done, or it is not done. Only pseudonyms, for ever. */
export const ActionAttempted = defineEvent({
  name: 'audit.action.attempted',
  summary: 'Somebody is about to do something; written before it is done.',
  stream: auditActions,
  data: z.object({
    attemptId: z.string().max(60),
    atMs: EpochMs,
    /** Name of the route, or of what else was done: `session.sign-in`. */
    action: z.string().max(100),
    principalId: z.string().max(100),
    principalKind: z.enum(['visitor', 'person', 'device', 'service', 'screen']),
    sessionId: z.string().max(60).optional(),
    subjects: z.array(Subject).max(50),
    exercise: z.boolean(),
    correlation: z.string().max(64),
  }),
  key: (action) => action.attemptId,
  id: (action) => `${action.attemptId}/attempted`,
  audience: [],
});
export type ActionAttempted = DataOf<typeof ActionAttempted>;

/** What became of it. An attempt without this was cut off: nobody knows whether it was done. */
export const ActionConcluded = defineEvent({
  name: 'audit.action.concluded',
  summary: 'What became of an attempt.',
  stream: auditActions,
  data: z.object({
    attemptId: z.string().max(60),
    atMs: EpochMs,
    /** `refused`: by a rule, with the kind of fault; `failed`: by an error of ours. */
    outcome: z.enum(['done', 'refused', 'failed']),
    fault: z.string().max(40).optional(),
  }),
  key: (action) => action.attemptId,
  id: (action) => `${action.attemptId}/concluded`,
  audience: [],
});
export type ActionConcluded = DataOf<typeof ActionConcluded>;

/** One sealed record of the chain. */
export const AuditRecord = z.object({
  /** Counts up from 1 without gaps. */
  seq: z.number().int().min(1),
  event: z.union([
    z.object({ name: z.literal(ActionAttempted.name), data: ActionAttempted.data }),
    z.object({ name: z.literal(ActionConcluded.name), data: ActionConcluded.data }),
  ]),
  /** SHA-256, hex, of the hash before and this record's canonical JSON (RFC 8785); 64 zeros before the first. */
  hash: z.string().length(64),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** A place in the chain; `seq` 0 with 64 zeros is before the first record. */
export const ChainLink = z.object({ seq: z.number().int().min(0), hash: z.string().length(64) });
export type ChainLink = z.infer<typeof ChainLink>;

/** One thing somebody did, with what is known of him today: names are kept apart and can be erased. */
export const AuditedAction = ActionAttempted.data.extend({
  seq: z.number().int().min(1),
  displayName: z.string().optional(),
  /** Why masked fields were uncovered, when that was it and the text was not erased. */
  reason: z.string().optional(),
  outcome: ActionConcluded.data.shape.outcome.optional(),
  fault: z.string().optional(),
});
export type AuditedAction = z.infer<typeof AuditedAction>;

export const ListAudit = defineRoute({
  name: 'audit.actions.list',
  summary: 'Who did or saw what, newest first: of one subject, one person, or all.',
  method: 'GET',
  path: '/api/audit/actions',
  query: z.object({
    subject: AskedSubject.optional(),
    principalId: z.string().max(100).optional(),
    /** `seq` of the last item of the page before. */
    after: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answer: z.object({
    items: z.array(AuditedAction),
    next: z.string().optional(),
    /** What people and screens among the subjects are called today, by id; who was erased has no name. */
    names: z.record(z.string(), z.string()),
  }),
  permission: ['supervisor'],
  agencies: ['command'],
  audit: ({ query }: { query: { subject?: string | undefined; principalId?: string | undefined } }) => [
    `audit:${query.subject ?? askedOf(query.principalId)}`,
  ],
});

/** Whose deeds are read, when it is an id and no free text. */
function askedOf(principalId: string | undefined): string {
  const id = PrincipalId.safeParse(principalId);
  return id.success ? `by:${id.data}` : 'all';
}

export const ExportAudit = defineRoute({
  name: 'audit.records.export',
  summary: 'The chain itself, oldest first, from a record on.',
  method: 'GET',
  path: '/api/audit/records',
  query: z.object({
    from: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
  }),
  answer: z.object({
    items: z.array(AuditRecord),
    /** What the chain's first record follows: where records older than the city keeps them were taken away. */
    begin: ChainLink,
    head: ChainLink,
  }),
  permission: ['city-admin'],
  audit: () => ['audit:all'],
});
