import { Fault, FaultSummary, parse } from '@siaga/contracts';
import { z } from 'zod';
import type { EventLog, LogRecord, NewRecord, TopicSettings } from './event-log.ts';
import { readThrough } from './read-through.ts';

/** What became of an event that a handler could not take; carried in a header beside the original headers and value. */
export const DeadLetter = z.object({
  /** Consumer group that gave it up. */
  group: z.string(),
  /** The error in full, for who runs the system: it may quote personal data. */
  cause: z.string(),
  fault: FaultSummary.optional(),
  attempts: z.number().int().min(1),
  origin: z.object({ topic: z.string(), partition: z.number(), offset: z.number(), timeMs: z.number() }),
  key: z.string(),
  /** The original had no value. */
  tombstone: z.boolean(),
  /** The original was too large to be kept here as well: it lies at its origin only and cannot be replayed. */
  leftOut: z.boolean().default(false),
  givenUpAtMs: z.number(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

const MOST_DETAIL_CHARACTERS = 300;

/** Why a letter was given up: in full, and what of it is our own words and may stand on a screen. */
export function reasonOf(error: unknown): Pick<DeadLetter, 'cause' | 'fault'> {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!(error instanceof Fault)) return { cause };
  const isQuoted = error.cause instanceof Error && error.message.includes(error.cause.message);
  const detail = isQuoted ? {} : { detail: error.message.slice(0, MOST_DETAIL_CHARACTERS) };
  return { cause, fault: { kind: error.kind, ...detail } };
}

/** A dead letter with the record it is about, as it was. */
export interface DeadLetterEntry extends DeadLetter {
  /** Names it for a replay: group, topic, partition, offset. */
  deadLetterId: string;
  record: NewRecord;
}

const LETTER = 'siaga-dead-letter';
const MOST_CAUSE_CHARACTERS = 2000;
const REPLAY_FOR = 'siaga-replay-for';
const REPLAY_OF = 'siaga-replay-of';

/** `<city>.dead-letters`: one entry per event and group, until it is replayed. */
export function deadLetterTopic(city: string): TopicSettings {
  return { topic: `${city}.dead-letters`, delivery: 'latest', partitions: 1, keepForDays: 90 };
}

/** `<city>.replays`: events given again to the one group that gave them up. */
export function replayTopic(city: string): TopicSettings {
  return { topic: `${city}.replays`, delivery: 'every', partitions: 1, keepForDays: 7 };
}

/** Writes a dead letter with its record or, when the log does not take as much as that, without it. */
export async function writeDeadLetter(
  log: EventLog,
  city: string,
  { record, ...about }: Omit<DeadLetter, 'key' | 'tombstone' | 'leftOut'> & { record: LogRecord },
): Promise<void> {
  const { topic } = deadLetterTopic(city);
  const letter = {
    ...about,
    cause: about.cause.slice(0, MOST_CAUSE_CHARACTERS),
    key: record.key,
    tombstone: record.value === null,
  };
  try {
    await log.append(topic, [letterRecord({ ...letter, leftOut: false }, record)]);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'too-large') throw error;
    await log.append(topic, [letterRecord({ ...letter, leftOut: true }, { value: null, headers: {} })]);
  }
}

function letterRecord(letter: DeadLetter, { value, headers }: Pick<LogRecord, 'value' | 'headers'>): NewRecord {
  const { topic, partition, offset } = letter.origin;
  return {
    key: `${letter.group}/${topic}/${String(partition)}/${String(offset)}`,
    value: value ?? Buffer.alloc(0),
    headers: { ...headers, [LETTER]: JSON.stringify(letter) },
  };
}

/** Dead letters of a city that were not replayed, oldest first. Holds them all in memory, with their records. */
export async function listDeadLetters(log: EventLog, city: string): Promise<DeadLetterEntry[]> {
  const entries = new Map<string, DeadLetterEntry>();
  await eachDeadLetter(log, city, (record, entry) => {
    entries.delete(record.key);
    if (entry !== undefined) entries.set(record.key, entry);
  });
  return [...entries.values()];
}

/**
 * Gives chosen dead letters, if their record is in them, once more to the groups that gave them up; answers how many
 * that were: one that was taken away or given up anew meanwhile is not.
 * Reads them twice: which are there still, then those, one batch in memory.
 */
export async function replayDeadLetters(
  log: EventLog,
  city: string,
  choose: (entry: DeadLetterEntry) => boolean = () => true,
): Promise<number> {
  const offsets = new Map<string, number>();
  await eachDeadLetter(log, city, (record, entry) => {
    offsets.delete(record.key);
    if (entry !== undefined && !entry.leftOut && choose(entry)) offsets.set(record.key, record.offset);
  });
  if (offsets.size === 0) return 0;
  await log.ensure([replayTopic(city)]);
  let replayed = 0;
  await eachDeadLetter(log, city, async ({ offset }, entry) => {
    if (entry === undefined || offsets.get(entry.deadLetterId) !== offset) return;
    await replay(log, city, entry);
    replayed += 1;
  });
  return replayed;
}

/** Takes dead letters away for good, also those whose record is not in them; answers how many of them were there. */
export async function dismissDeadLetters(log: EventLog, city: string, ids: ReadonlySet<string>): Promise<number> {
  const there = new Set<string>();
  await eachDeadLetter(log, city, ({ key }, entry) => {
    there.delete(key);
    if (entry !== undefined && ids.has(key)) there.add(key);
  });
  if (there.size > 0) await log.append(deadLetterTopic(city).topic, [...there].map(takenAway));
  return there.size;
}

const takenAway = (deadLetterId: string): NewRecord => ({ key: deadLetterId, value: null, headers: {} });

async function replay(log: EventLog, city: string, { deadLetterId, record, group, origin }: DeadLetterEntry) {
  const headers = { ...record.headers, [REPLAY_FOR]: group, [REPLAY_OF]: origin.topic };
  await log.append(replayTopic(city).topic, [{ ...record, value: record.value ?? Buffer.alloc(0), headers }]);
  await log.append(deadLetterTopic(city).topic, [takenAway(deadLetterId)]);
}

/** Hands over every record of the dead letters with the letter in it; undefined: that key was replayed or dismissed. */
async function eachDeadLetter(
  log: EventLog,
  city: string,
  each: (record: LogRecord, entry: DeadLetterEntry | undefined) => void | Promise<void>,
): Promise<void> {
  const settings = deadLetterTopic(city);
  await log.ensure([settings]);
  await readThrough(log, settings.topic, (record) => each(record, deadLetterOf(record)));
}

/** The record to handle when a replay is meant for this group, else undefined. */
export function replayedFor(group: string, record: LogRecord): LogRecord | undefined {
  if (record.headers[REPLAY_FOR] !== group) return undefined;
  return record.value?.length === 0 ? { ...record, value: null } : record;
}

/** The dead letter in a record of their topic; undefined for a tombstone and for what is none. */
export function deadLetterOf(record: LogRecord): DeadLetterEntry | undefined {
  const { [LETTER]: text, ...headers } = record.headers;
  if (record.value === null || text === undefined) return undefined;
  const letter = letterOf(text);
  if (letter instanceof Fault) return undefined;
  const value = letter.tombstone || letter.leftOut ? null : record.value;
  return { ...letter, deadLetterId: record.key, record: { key: letter.key, value, headers } };
}

function letterOf(text: string): DeadLetter | Fault {
  try {
    return parse(DeadLetter, JSON.parse(text), 'dead letter');
  } catch (cause) {
    return new Fault('invalid', 'not a dead letter', { cause });
  }
}
