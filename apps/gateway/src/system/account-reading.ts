import { topicOf, type EventLog, type LogRecord } from '@siaga/bus';
import { eventsOf, Fault, type AnyEvent, type Stream } from '@siaga/contracts';
import type { Eyes } from '../live/eyes.ts';
import type { Position } from '../live/position.ts';
import { everyEvent, readRecord, type ReadRecord } from '../live/read-record.ts';
import type { StreamState } from '../live/stream-state.ts';
import { hears, type View } from '../live/views.ts';

/** What one answer costs at most; `next` goes on. */
export const ACCOUNT_LIMITS = { ids: 2000, records: 20_000, withinMs: 10_000 };

/** What a screen asks. */
export interface AccountQuestion {
  log: Pick<EventLog, 'ends' | 'follow'>;
  city: string;
  /** Names the log's streams, and tells repeats that the live stream leaves out. */
  state: StreamState;
  eyes: Eyes;
  from: string;
  to: string;
  limits?: typeof ACCOUNT_LIMITS;
}

/** A partition to read: from `at` on, below `to`. */
export interface Stretch {
  stream: Stream;
  partition: number;
  at: number;
  to: number;
}

/** What has to be read for an answer; nothing, for most screens at most times. */
export interface AccountPlan {
  readonly question: AccountQuestion;
  readonly from: Position;
  readonly to: Position;
  readonly view: View;
  /** Partitions of `every` streams that differ between the two positions. */
  readonly stretches: readonly Stretch[];
}

/** A stream that is read, and what may lie in it. */
interface StreamRead {
  stream: Stream;
  events: ReadonlyMap<string, AnyEvent>;
}

/** Reads the stretches until they end or the answer is full. */
export class AccountReading {
  readonly #ids = new Set<string>();
  readonly #plan: AccountPlan;
  readonly #limits: typeof ACCOUNT_LIMITS;
  readonly #streams: ReadonlyMap<string, StreamRead>;
  readonly #done = Promise.withResolvers<undefined>();
  #records = 0;
  #full = false;

  constructor(plan: AccountPlan, limits: typeof ACCOUNT_LIMITS) {
    this.#plan = plan;
    this.#limits = limits;
    const { stretches, question } = plan;
    this.#streams = new Map(
      stretches.map(({ stream }) => [
        topicOf(question.city, stream),
        { stream, events: new Map(eventsOf(stream).map((event) => [event.name, event])) },
      ]),
    );
  }

  /** Something has been read: asking again goes on after it. */
  get hasBegun(): boolean {
    return this.#records > 0;
  }

  get ids(): string[] {
    return [...this.#ids];
  }

  /** Ends the reading, for who does not wait any longer: nothing that comes later counts. */
  stop(): void {
    this.#full = true;
    this.#done.resolve(undefined);
  }

  async read(): Promise<void> {
    const { question, stretches } = this.#plan;
    this.#done.promise.catch(() => undefined); // it may fail before anybody waits
    const following = await question.log.follow({
      topics: [...this.#streams].map(([topic, { stream }]) => ({ topic, from: { offsets: this.#startsOf(stream) } })),
      onBatch: ({ topic, partition, records }) => {
        const read = this.#streams.get(topic);
        const stretch = stretches.find((one) => one.stream === read?.stream && one.partition === partition);
        if (read !== undefined && stretch !== undefined) this.#take(stretch, read, records);
      },
      onReset: () => {
        this.#done.reject(anotherLog());
      },
    });
    try {
      await Promise.race([this.#done.promise, following.caughtUp]);
      // what follows is past the end; a stretch whose last offsets hold nothing ends where the log does
      if (!this.#full) for (const stretch of stretches) stretch.at = Math.max(stretch.at, stretch.to);
      this.#full = true;
    } finally {
      await following.close();
    }
  }

  #take(stretch: Stretch, { events }: StreamRead, records: readonly LogRecord[]): void {
    for (const record of records) {
      if (this.#full || stretch.at >= stretch.to) break;
      stretch.at = record.offset + 1;
      if (record.offset >= stretch.to) break;
      this.#records += 1;
      const read = readRecord(record, events);
      if (read !== undefined && this.#isHeard(stretch.stream, read)) this.#ids.add(read.id);
      this.#full = this.#ids.size >= this.#limits.ids || this.#records >= this.#limits.records;
    }
    if (this.#full || this.#plan.stretches.every(({ at, to }) => at >= to)) this.#done.resolve(undefined);
  }

  /** Whether the live stream gave this record to such a screen: it leaves out repeats and what is not for it. */
  #isHeard(stream: Stream, read: ReadRecord): boolean {
    const { question, view } = this.#plan;
    return hears(view, everyEvent(read, 0)) && question.state.ring(stream)?.hasLeftOut(read.record) !== true;
  }

  /** Partitions without a stretch are not read: they begin where the screen is, and nothing of them counts. */
  #startsOf(stream: Stream): ReadonlyMap<number, number> {
    const { question, to, stretches } = this.#plan;
    const ends = to.vector.get(question.state.code(stream)) ?? [];
    const mine = stretches.filter((stretch) => stretch.stream === stream);
    return new Map([...ends.entries(), ...mine.map(({ partition, at }) => [partition, at] as const)]);
  }
}

/** What a position says of a log means nothing in another one. */
export const anotherLog = () =>
  new Fault(
    'conflict',
    'catatan kejadian sudah diganti, atau layar ini berganti hak lihat · these positions are of another log, or of another window on it',
  );
