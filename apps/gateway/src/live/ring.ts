import type { EveryEvent } from './events.ts';

export interface RingLimits {
  keepForMs: number;
  maxBytes: number;
}

/** Ten minutes back, and no more memory than 64 MiB, per `every` stream. */
export const RING_LIMITS: RingLimits = { keepForMs: 600_000, maxBytes: 64 * 1024 * 1024 };

/** So many places of repeats are remembered: as many as a screen remembers ids. */
const MOST_REPEATS = 20_000;

/** A partition when reading began: its oldest offset, and the one the next append would get. */
export interface PartitionEnds {
  first: number;
  next: number;
}

/** Where a record lies in the log of its stream. */
interface Place {
  partition: number;
  offset: number;
}

interface Lane {
  /** The oldest offset in the log when reading began; undefined once the first record has come. */
  first: number | undefined;
  /** Offset from which on the ring lacks nothing. */
  floor: number;
  events: EveryEvent[];
  /** Index of the oldest event still held. */
  head: number;
}

/** The last minutes of one `every` stream: what a screen missed, and which ids are repeats. */
export class Ring {
  readonly #lanes: Lane[];
  readonly #ids = new Map<string, EveryEvent>();
  /** Places of records that were left out, oldest first; they outlive the event they repeat. */
  readonly #repeats = new Set<string>();
  readonly #limits: RingLimits;
  #bytes = 0;

  constructor(ends: readonly PartitionEnds[], limits: RingLimits = RING_LIMITS) {
    this.#lanes = ends.map(({ first, next }) => ({ first, floor: first === next ? 0 : next, events: [], head: 0 }));
    this.#limits = limits;
  }

  /** The event of this id, if it is held: then another one is a repeat. */
  of(id: string): EveryEvent | undefined {
    return this.#ids.get(id);
  }

  /** A record was left out because it repeats an event that is held. */
  leaveOut(place: Place): void {
    this.#repeats.add(nameOf(place));
    const [oldest] = this.#repeats;
    if (this.#repeats.size > MOST_REPEATS && oldest !== undefined) this.#repeats.delete(oldest);
  }

  /** Whether a record was left out, also when the event it repeats has been let go since. */
  hasLeftOut(place: Place): boolean {
    return this.#repeats.has(nameOf(place));
  }

  /**
   * Reading of a partition begins at this offset; only the first call counts. When that is where the log itself begins,
   * nothing before it can be missed: what retention took is older than any position we resume from.
   */
  begin(partition: number, offset: number): void {
    const lane = this.#lane(partition);
    if (lane.first === undefined) return;
    lane.floor = offset <= lane.first ? 0 : Math.min(lane.floor, offset);
    lane.first = undefined;
  }

  put(event: EveryEvent): void {
    this.#lane(event.partition).events.push(event);
    this.#ids.set(event.id, event);
    this.#bytes += event.bytes;
    while (this.#bytes > this.#limits.maxBytes) this.#dropOldest();
  }

  /** Lets go of what is too old. */
  expire(nowMs: number): void {
    for (const lane of this.#lanes)
      for (let oldest = lane.events[lane.head]; oldest !== undefined; oldest = lane.events[lane.head]) {
        if (oldest.meta.at >= nowMs - this.#limits.keepForMs) break;
        this.#drop(lane, oldest);
      }
  }

  /** Whether nothing from this offset on has been let go. */
  covers(partition: number, from: number): boolean {
    return from >= this.#lane(partition).floor;
  }

  /** Events of a partition from an offset on, in order. */
  since(partition: number, from: number): EveryEvent[] {
    const { events, head } = this.#lane(partition);
    return events.slice(firstFrom(events, head, from));
  }

  /** The event at an offset, if it is held. */
  at(partition: number, offset: number): EveryEvent | undefined {
    const lane = this.#lanes[partition];
    const event = lane?.events[firstFrom(lane.events, lane.head, offset)];
    return event?.offset === offset ? event : undefined;
  }

  #lane(partition: number): Lane {
    const lane = this.#lanes[partition];
    if (lane === undefined) throw new RangeError(`no partition ${String(partition)}`);
    return lane;
  }

  #dropOldest(): void {
    let oldest: { lane: Lane; event: EveryEvent } | undefined;
    for (const lane of this.#lanes) {
      const event = lane.events[lane.head];
      if (event !== undefined && (oldest === undefined || event.order < oldest.event.order)) oldest = { lane, event };
    }
    if (oldest !== undefined) this.#drop(oldest.lane, oldest.event);
  }

  #drop(lane: Lane, event: EveryEvent): void {
    lane.head += 1;
    lane.floor = event.offset + 1;
    this.#ids.delete(event.id);
    this.#bytes -= event.bytes;
    // until they are cut off, events let go are still in memory: an eighth more than the limit, at most
    if (lane.head > 1024 && lane.head * 8 > lane.events.length) {
      lane.events = lane.events.slice(lane.head);
      lane.head = 0;
    }
  }
}

const nameOf = ({ partition, offset }: Place): string => `${String(partition)}/${String(offset)}`;

/** Index of the first event at or after an offset; events are ordered by offset from `head` on. */
function firstFrom(events: readonly EveryEvent[], head: number, offset: number): number {
  let low = head;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.offset ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
