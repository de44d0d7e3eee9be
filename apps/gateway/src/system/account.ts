import { topicOf, type EventLog, type LogRecord } from '@siaga/bus';
import { eventsOf, Fault, type AccountLive, type AnswerOf, type Stream } from '@siaga/contracts';
import type { AudienceMask } from '../live/audience.ts';
import { decodePosition, encodePosition, type Position } from '../live/position.ts';
import { everyEvent, readRecord } from '../live/read-record.ts';
import type { StreamState } from '../live/stream-state.ts';
import { hears, viewOf, type View } from '../live/views.ts';

/** What one answer costs at most; `next` goes on. */
export const ACCOUNT_LIMITS = { ids: 2000, records: 20_000, withinMs: 10_000 };

export interface AccountQuestion {
  log: EventLog;
  city: string;
  /** Names the log's streams, and tells repeats that the live stream leaves out. */
  state: StreamState;
  /** Whose eyes. */
  audience: AudienceMask;
  from: string;
  to: string;
  limits?: typeof ACCOUNT_LIMITS;
}

/** A partition to read: from `at` on, below `to`. */
interface Stretch {
  stream: Stream;
  partition: number;
  at: number;
  to: number;
}

/**
 * Ids of the `every` events that the log itself holds for a screen between two of its positions, each once. Throws
 * `invalid` for what is no pair of positions, `conflict` for one that this log cannot answer any more.
 */
export async function accountOf(question: AccountQuestion): Promise<AnswerOf<typeof AccountLive>> {
  const { state, audience, log, city, limits = ACCOUNT_LIMITS } = question;
  const from = positionOf(question.from, 'from');
  const to = positionOf(question.to, 'to');
  const view = viewOfBoth(state, { from, to, audience });
  const stretches = stretchesOf(state, view, { from, to });
  if (stretches.length === 0) return { ids: [] };
  const reading = new Reading(question, view, stretches, limits);
  try {
    await inTime(limits.withinMs, async () => {
      await refuseGone(log, city, stretches);
      await reading.read();
    });
  } finally {
    reading.stop();
  }
  const { ids } = reading;
  if (stretches.every(({ at, to: end }) => at >= end)) return { ids };
  return { ids, next: encodePosition({ ...from, vector: vectorAt(state, from, stretches) }) };
}

/** Reads the stretches until they end or the answer is full. */
class Reading {
  readonly #ids = new Set<string>();
  readonly #question: AccountQuestion;
  readonly #view: View;
  readonly #stretches: readonly Stretch[];
  readonly #limits: typeof ACCOUNT_LIMITS;
  readonly #streams: ReadonlyMap<string, Stream>;
  readonly #done = Promise.withResolvers<undefined>();
  #records = 0;
  #full = false;

  constructor(question: AccountQuestion, view: View, stretches: readonly Stretch[], limits: typeof ACCOUNT_LIMITS) {
    this.#question = question;
    this.#view = view;
    this.#stretches = stretches;
    this.#limits = limits;
    this.#streams = new Map(stretches.map(({ stream }) => [topicOf(question.city, stream), stream]));
  }

  get ids(): string[] {
    return [...this.#ids];
  }

  /** Ends the reading, for who does not wait any longer. */
  stop(): void {
    this.#done.resolve(undefined);
  }

  async read(): Promise<void> {
    const { log } = this.#question;
    this.#done.promise.catch(() => undefined); // it may fail before anybody waits
    const following = await log.follow({
      topics: [...this.#streams].map(([topic, stream]) => ({ topic, from: { offsets: this.#startsOf(stream) } })),
      onBatch: ({ topic, partition, records }) => {
        const stream = this.#streams.get(topic);
        const stretch = this.#stretches.find((one) => one.stream === stream && one.partition === partition);
        if (stretch !== undefined) this.#take(stretch, records);
      },
      onReset: () => {
        this.#done.reject(anotherLog());
      },
    });
    try {
      await Promise.race([this.#done.promise, following.caughtUp]);
    } finally {
      // what follows is past the end; a stretch whose last offsets hold nothing ends where the log does
      if (!this.#full) for (const stretch of this.#stretches) stretch.at = Math.max(stretch.at, stretch.to);
      this.#full = true;
      await following.close();
    }
  }

  #take(stretch: Stretch, records: readonly LogRecord[]): void {
    for (const record of records) {
      if (this.#full || stretch.at >= stretch.to) break;
      stretch.at = record.offset + 1;
      if (record.offset >= stretch.to) break;
      this.#records += 1;
      const id = this.#heard(stretch.stream, record);
      if (id !== undefined) this.#ids.add(id);
      this.#full = this.#ids.size >= this.#limits.ids || this.#records >= this.#limits.records;
    }
    if (this.#full || this.#stretches.every(({ at, to }) => at >= to)) this.#done.resolve(undefined);
  }

  /** The id, if the live stream gave this record to such a screen: it leaves out repeats and what is not for it. */
  #heard(stream: Stream, record: LogRecord): string | undefined {
    const read = readRecord(record, new Map(eventsOf(stream).map((event) => [event.name, event])));
    if (read === undefined || !hears(this.#view, everyEvent(read, 0))) return undefined;
    const first = this.#question.state.ring(stream)?.of(read.id);
    const isRepeat = first !== undefined && (first.partition !== record.partition || first.offset !== record.offset);
    return isRepeat ? undefined : read.id;
  }

  #startsOf(stream: Stream): ReadonlyMap<number, number> {
    const mine = this.#stretches.filter((stretch) => stretch.stream === stream);
    return new Map(mine.map(({ partition, at }) => [partition, at]));
  }
}

function positionOf(text: string, name: string): Position {
  const position = decodePosition(text);
  if (position === undefined) throw new Fault('invalid', `${name} is no position of the live stream`);
  return position;
}

/** The window both positions were given for: the epoch is its fingerprint, of logs, streams and audience. */
function viewOfBoth(
  state: StreamState,
  { from, to, audience }: { from: Position; to: Position; audience: AudienceMask },
): View {
  const streams = new Set(state.streams.filter((stream) => to.vector.has(state.code(stream))));
  const view = viewOf(state, { streams, audience, area: null });
  const ours = [from, to].every((position) => position.epoch === view.epoch && state.agreesWith(position));
  if (!ours) throw anotherLog();
  return view;
}

const anotherLog = () =>
  new Fault(
    'conflict',
    'these positions are of another log, or of a screen with other streams or another audience: take the account anew from the present position',
  );

/** Partitions of `every` streams that differ between the two. */
function stretchesOf(state: StreamState, view: View, { from, to }: { from: Position; to: Position }): Stretch[] {
  return [...view.streams]
    .filter(({ delivery }) => delivery === 'every')
    .flatMap((stream) => {
      const starts = from.vector.get(state.code(stream)) ?? [];
      const ends = to.vector.get(state.code(stream)) ?? [];
      if (starts.length !== stream.partitions || ends.length !== stream.partitions)
        throw new Fault('invalid', 'a position names every partition of its streams');
      return ends.map((end, partition) => ({ stream, partition, at: starts[partition] ?? 0, to: end }));
    })
    .filter(({ at, to: end }) => {
      if (at > end) throw new Fault('invalid', 'from lies behind to: give the older position first');
      return at < end;
    });
}

/** What the log has not, or has no longer, cannot be told from what was never there. */
async function refuseGone(log: EventLog, city: string, stretches: readonly Stretch[]): Promise<void> {
  for (const stream of new Set(stretches.map((stretch) => stretch.stream))) {
    const { partitions } = await log.ends(topicOf(city, stream));
    for (const stretch of stretches) {
      if (stretch.stream !== stream) continue;
      const ends = partitions.find(({ partition }) => partition === stretch.partition);
      if (ends === undefined || stretch.to > ends.next)
        throw new Fault('conflict', 'to lies ahead of the log: this position is not of it');
      if (stretch.at < ends.first) throw new Fault('conflict', 'the log no longer keeps what lies behind from');
    }
  }
}

function vectorAt(state: StreamState, from: Position, stretches: readonly Stretch[]): Position['vector'] {
  const vector = new Map(from.vector);
  for (const { stream, partition, at, to } of stretches) {
    const code = state.code(stream);
    vector.set(code, (vector.get(code) ?? []).with(partition, Math.min(at, to)));
  }
  return vector;
}

async function inTime(withinMs: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Fault('unavailable', 'the log did not answer in time; try again shortly'));
    }, withinMs);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
