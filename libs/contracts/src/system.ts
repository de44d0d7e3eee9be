import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { peopleAndScreens } from './role.ts';
import { defineStream } from './define-stream.ts';
import { faultKinds, type FaultKind } from './faults.ts';
import { EpochMs, label } from './shapes.ts';

export const systemServices = defineStream({ name: 'system.services', delivery: 'latest', keepForDays: 30 });

const Count = z.number().int().min(0);

/** One look of a service at something it needs; `detail` says what is wrong, for the person who can mend it. */
const Check = z.object({ name: label(80), ok: z.boolean(), detail: label(500).optional() });

/** What a gateway knows of its screens. Milliseconds from the log's time of an event to its frame on the socket. */
const LiveReport = z.object({
  screens: Count,
  /** Of the last minute; absent when no event came. */
  eventToScreenP50Ms: z.number().min(0).optional(),
  eventToScreenP99Ms: z.number().min(0).optional(),
});

/** What the embedded engine knows of the disk it lives on. Absent with Kafka and MongoDB: their own tools tell. */
const StorageReport = z.object({
  /** Bytes the log and the documents take. */
  usedBytes: Count,
  /** Bytes left on that disk; below the engine's reserve it refuses writes and says so. */
  freeBytes: Count,
  /** Writes are refused because the disk is full. */
  full: z.boolean(),
  /** Since when this log is kept: its first start, or its restore. */
  sinceMs: EpochMs,
  /** The last backup that lies outside the data folder. */
  lastBackup: z.object({ atMs: EpochMs, bytes: Count }).optional(),
});
export type StorageReport = z.infer<typeof StorageReport>;

/**
 * How one process of Siaga is, in its own words, every 5 s. Silence is the news: a report that is no longer fresh means
 * the process is down, hung, or cannot reach the log. A process that stops cleanly takes its report back. It has no
 * version: the log's order and the log's time count, because clocks of machines differ and may be set back.
 */
export const ServiceReported = defineEvent({
  name: 'system.service.reported',
  summary: 'How one process of Siaga is, every 5 s; silence means it is down. A tombstone when it stops cleanly.',
  stream: systemServices,
  data: z.object({
    /** `waste`, `gateway`: the app. */
    service: label(40),
    /** Tells replicas apart; the same after a restart on the same machine. */
    instanceId: label(120),
    atMs: EpochMs,
    startedAtMs: EpochMs,
    ready: z.boolean(),
    checks: z.array(Check).max(40),
    /** Resident memory, bytes. */
    memoryBytes: Count,
    /** Of a process with event handlers. */
    handlers: z
      .object({
        /** Events in the log that its handlers have not done yet. */
        lagEvents: Count,
        /** Log time of the last event one of them took. */
        lastEventAtMs: EpochMs.optional(),
      })
      .optional(),
    /** Of a gateway. */
    live: LiveReport.optional(),
    /** Events that no handler could take and that wait for somebody to look: told by the gateway. */
    deadLetters: Count.optional(),
    /** Told by the gateway of an embedded engine. */
    storage: StorageReport.optional(),
  }),
  key: (report) => `${report.service}@${report.instanceId}`,
  freshForMs: 15_000,
  audience: ['command'],
});
export type ServiceReported = DataOf<typeof ServiceReported>;

/** One of our own faults: its kind and, where they are our own words, what it said. */
export const FaultSummary = z.object({
  kind: z.enum(Object.keys(faultKinds) as [FaultKind, ...FaultKind[]]),
  detail: z.string().max(300).optional(),
});
export type FaultSummary = z.infer<typeof FaultSummary>;

/** An event that a handler could not take, without its data: that may be personal. */
export const DeadLetterSummary = z.object({
  deadLetterId: z.string(),
  /** `<city>.<app>.<Class>.<method>`: who gave it up. */
  group: z.string(),
  /**
   * Why, in the words of Siaga itself. Absent for any other error: what a library says may quote personal data, so it
   * is told by `siaga dlq list` only.
   */
  fault: FaultSummary.optional(),
  attempts: z.number().int().min(1),
  /** Stream and place in the log it comes from. */
  origin: z.object({ topic: z.string(), partition: z.number(), offset: z.number(), timeMs: EpochMs }),
  givenUpAtMs: EpochMs,
  /** Its data lie at its origin only: it cannot be replayed from here. */
  leftOut: z.boolean(),
});
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

export const ListDeadLetters = defineRoute({
  name: 'system.dead-letters.list',
  summary:
    'Events that no handler could take and that were not replayed or dismissed, newest first, at most 200, and how many there are.',
  method: 'GET',
  path: '/api/system/dead-letters',
  answer: z.object({ items: z.array(DeadLetterSummary), total: Count }),
  permission: ['supervisor', 'city-admin'],
});

export const ReplayDeadLetters = defineRoute({
  name: 'system.dead-letters.replay',
  summary: 'Gives dead letters once more to the handlers that gave them up: those named, or all.',
  method: 'POST',
  path: '/api/system/dead-letters/replay',
  body: z.object({ deadLetterIds: z.array(z.string().max(1000)).min(1).max(200).optional() }),
  answer: z.object({ replayed: Count }),
  status: 200,
  permission: ['supervisor', 'city-admin'],
});

export const DismissDeadLetters = defineRoute({
  name: 'system.dead-letters.dismiss',
  summary: 'Takes dead letters away without replaying them, for good. Who did is in the log of the service.',
  method: 'POST',
  path: '/api/system/dead-letters/dismiss',
  body: z.object({ deadLetterIds: z.array(z.string().max(1000)).min(1).max(200) }),
  answer: z.object({ dismissed: Count }),
  status: 200,
  permission: ['supervisor', 'city-admin'],
});

/**
 * Was anything missed? What the log itself holds for this screen between two of its positions, read from the log and not
 * from what the gateway remembers. The screen compares the ids with those it applied.
 */
export const AccountLive = defineRoute({
  name: 'system.live.account',
  summary:
    'Ids of the `every` events the log holds for this principal between two positions of its live stream, at most 2,000 at once; `next` goes on.',
  method: 'POST',
  path: '/api/system/live/account',
  body: z.object({ from: z.string().max(20_000), to: z.string().max(20_000) }),
  answer: z.object({
    ids: z.array(z.string()).max(2000),
    /** The position up to which `ids` tells; absent when that is `to`. */
    next: z.string().optional(),
  }),
  status: 200,
  permission: peopleAndScreens,
  audit: 'none', // every screen asks for it by itself
});
