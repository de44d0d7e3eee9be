import type { LogRecord } from '@siaga/bus';
import type { AnyEvent, Stream } from '@siaga/contracts';
import type { Change, EveryEvent, News } from './events.ts';
import { fingerprint } from './hash.ts';
import { LatestTable } from './latest-table.ts';
import type { Mark, Position, Vector } from './position.ts';
import { everyEvent, latestValue, readRecord, type ReadRecord } from './read-record.ts';
import { Ring, type PartitionEnds, type RingLimits } from './ring.ts';

/** A stream as it lies in one log: its events, and where its partitions ended when reading began. */
export interface StreamSource {
  stream: Stream;
  events: readonly AnyEvent[];
  topic: string;
  logId: string;
  /** Per partition. */
  ends: readonly PartitionEnds[];
}

interface Followed {
  code: string;
  events: ReadonlyMap<string, AnyEvent>;
  ends: readonly PartitionEnds[];
  /** Offset to read next, per partition. */
  nexts: number[];
  /** One of the two, by the stream's delivery. */
  table: LatestTable | undefined;
  ring: Ring | undefined;
}

/**
 * What one city's log says, as far as this gateway has read it: a table per `latest` stream, a ring per `every` stream,
 * and the position vector. They advance together, in one synchronous step.
 */
export class StreamState {
  readonly #streams = new Map<Stream, Followed>();
  #order = 0;
  #cold = true;
  #newest: { code: string; event: EveryEvent } | undefined;
  #vector: Vector | undefined;
  /** Records left out because they could not be read as an event of their stream. */
  unreadable = 0;

  constructor(sources: readonly StreamSource[], limits?: RingLimits) {
    for (const { stream, events, topic, logId, ends } of sources)
      this.#streams.set(stream, {
        code: fingerprint(`${topic} ${logId}`, 5),
        events: new Map(events.map((event) => [event.name, event])),
        ends,
        nexts: ends.map(() => 0),
        table: stream.delivery === 'latest' ? new LatestTable() : undefined,
        ring: stream.delivery === 'every' ? new Ring(ends, limits) : undefined,
      });
  }

  get streams(): readonly Stream[] {
    return [...this.#streams.keys()];
  }

  /** Names a stream of one city in one log: a stream made anew has another code. */
  code(stream: Stream): string {
    return this.#of(stream).code;
  }

  table(stream: Stream): LatestTable | undefined {
    return this.#of(stream).table;
  }

  ring(stream: Stream): Ring | undefined {
    return this.#of(stream).ring;
  }

  /** How far it has read. The same object until the next step. */
  get vector(): Vector {
    this.#vector ??= new Map([...this.#streams.values()].map(({ code, nexts }) => [code, [...nexts]]));
    return this.#vector;
  }

  /** Other offsets to read next, as a vector. */
  vectorOf(nexts: (stream: Stream) => readonly number[]): Vector {
    return new Map([...this.#streams].map(([stream, { code }]) => [code, nexts(stream)]));
  }

  /** Whether everything before these offsets has been read; streams it does not follow do not count. */
  hasReached(vector: Vector): boolean {
    return [...this.#streams.values()].every(({ code, nexts }) =>
      (vector.get(code) ?? []).every((offset, partition) => offset <= (nexts[partition] ?? 0)),
    );
  }

  get mark(): Mark | undefined {
    if (this.#newest === undefined) return undefined;
    const { code, event } = this.#newest;
    return { code, partition: event.partition, offset: event.offset, id: markId(event.id) };
  }

  /** Everything that lay in the log at the start has been read: from here on nothing escapes us by compaction. */
  caughtUp(): void {
    this.#cold = false;
    this.#vector = undefined;
    for (const followed of this.#streams.values())
      followed.nexts = followed.nexts.map((next, partition) => Math.max(next, followed.ends[partition]?.next ?? 0));
  }

  /** Whether a position comes from this log as we know it: its newest `every` event is the one we hold there. */
  agreesWith({ mark }: Position): boolean {
    if (mark === undefined) return true;
    for (const { code, ring } of this.#streams.values()) {
      if (code !== mark.code) continue;
      const held = ring?.at(mark.partition, mark.offset);
      return held === undefined || markId(held.id) === mark.id;
    }
    return true;
  }

  /** One synchronous step: records of one partition, in order. Answers what is new for screens. */
  advance(stream: Stream, partition: number, records: readonly LogRecord[]): News {
    const followed = this.#of(stream);
    const latest: Change[] = [];
    const every: EveryEvent[] = [];
    for (const record of records) {
      followed.ring?.begin(partition, record.offset);
      const read = readRecord(record, followed.events);
      if (read === undefined) this.unreadable += 1;
      else if (followed.table !== undefined) this.#put(followed.table, read, latest);
      else if (followed.ring !== undefined) this.#append(followed, followed.ring, read, every);
      followed.nexts[partition] = record.offset + 1;
    }
    this.#vector = undefined;
    return { latest, every };
  }

  /** Lets go of what is too old to matter: once a second is enough. */
  expire(nowMs: number): void {
    for (const { table, ring } of this.#streams.values()) {
      table?.expire(nowMs);
      ring?.expire(nowMs);
    }
  }

  #put(table: LatestTable, read: ReadRecord, changes: Change[]): void {
    const before = table.get(read.record.key);
    const now = latestValue(read, before, { cold: this.#cold });
    if (table.putIfNewer(now)) changes.push({ before, now });
  }

  #append({ code }: Followed, ring: Ring, read: ReadRecord, every: EveryEvent[]): void {
    if (ring.of(read.id) !== undefined) {
      ring.leaveOut(read.record); // relays and devices repeat with the same id at another offset
      return;
    }
    const event = everyEvent(read, (this.#order += 1));
    ring.put(event);
    every.push(event);
    this.#newest = { code, event };
  }

  #of(stream: Stream): Followed {
    const followed = this.#streams.get(stream);
    if (followed === undefined) throw new Error(`stream ${stream.name} is not followed`);
    return followed;
  }
}

const markId = (id: string): string => fingerprint(id, 4);
