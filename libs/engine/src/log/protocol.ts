import { isAbsolute } from 'node:path';
import type { FaultKind } from '@siaga/contracts';
import { z } from 'zod';
import type { StoredEntry } from './store.ts';

/** A connection that has been silent for so long is taken for dead, and its seats go to others. */
export const SESSION_MS = 8000;
/** A reader stops believing in its seat this long after the last ping it knows to have arrived: before the engine does. */
export const LEASE_MS = 7000;
export const PING_EVERY_MS = 2000;

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Name = z.string().regex(/^[\w.:-]{1,200}$/);
const Bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));

const TopicSettings = z.object({
  topic: Name,
  delivery: z.enum(['latest', 'every']),
  partitions: z.number().int().min(1).max(64),
  keepForDays: z.number().min(0).max(36_500),
});

const Start = z.union([
  z.literal('start'),
  z.object({ sinceMs: z.number() }),
  z.object({
    offsets: z.array(z.tuple([Count, Count])),
    /** The log these offsets are of; absent when the reader does not know. */
    logId: z.string().optional(),
  }),
]);

/** What a client may say. Requests carry an `id` that their answer repeats; `sub` names a reading of this connection. */
export const ClientMessage = z.discriminatedUnion('op', [
  z.object({ op: z.literal('hello'), id: Count }),
  z.object({ op: z.literal('ping'), id: Count }),
  z.object({ op: z.literal('storage'), id: Count }),
  /** Begins a backup; repeated with its id it asks how far that is. */
  z.object({
    op: z.literal('backup'),
    id: Count,
    backupId: z.string().max(100),
    to: z.string().min(1).max(4000).refine(isAbsolute, 'an absolute path'),
    keep: z.number().int().min(1).max(10_000),
    city: z.string().regex(/^\w{1,20}$/),
    siaga: z.string().max(100),
  }),
  z.object({ op: z.literal('ensure'), id: Count, topics: z.array(TopicSettings) }),
  z.object({
    op: z.literal('append'),
    id: Count,
    topic: Name,
    records: z.array(z.tuple([z.string(), z.boolean(), Bytes])),
  }),
  z.object({ op: z.literal('ends'), id: Count, topic: Name }),
  z.object({ op: z.literal('positions'), id: Count, group: Name, topic: Name }),
  z.object({ op: z.literal('remove'), id: Count, topic: Name, partition: Count, offsets: z.array(Count) }),
  z.object({ op: z.literal('follow'), id: Count, sub: Count, topic: Name, from: Start }),
  z.object({ op: z.literal('join'), id: Count, sub: Count, topic: Name, group: Name }),
  z.object({ op: z.literal('leave'), id: Count, sub: Count }),
  /** A batch is worked off: for a group this commits it. */
  z.object({ op: z.literal('done'), sub: Count, partition: Count, next: Count }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;
export type StartingPoint = z.infer<typeof Start>;

/** Answer to a request. */
export type Answer = { id: number; result: unknown } | { id: number; fault: { kind: FaultKind; message: string } };

/** Answer to `follow`: where reading begins, and whether the offsets asked for were of another log. */
export interface FollowAnswer {
  logId: string;
  reset: boolean;
  offsets: [partition: number, next: number][];
}

/** What the engine says unasked about a reading. */
export type Push =
  | { sub: number; partition: number; records: StoredEntry[] }
  /** Nothing is left of the partition below this offset that was not sent. */
  | { sub: number; partition: number; passed: number }
  /** Everything that was there when the reading began has been sent. */
  | { sub: number; caughtUp: true }
  /** The seat of a group was taken or lost. */
  | { sub: number; seated: number[] };

export type ServerMessage = Answer | Push;
