import type { Frame, Stream } from '@siaga/contracts';
import { LiveCity, type Screen } from '../../apps/gateway/src/live/live-city.ts';
import { StreamState, type StreamSource } from '../../apps/gateway/src/live/stream-state.ts';
import { contracts, streams, type CityLog } from './city-log.ts';

export interface Settings {
  /** A gateway that starts finds a compacted log. */
  compaction: boolean;
  partBytes: number;
}

/** A gateway that reads as far as it is told to. */
export class Gateway {
  readonly rooms = new Map<string, Set<MemoryScreen>>();
  city!: LiveCity;
  readonly #read = new Map<Stream, number[]>();
  #state!: StreamState;

  constructor(
    private readonly log: () => CityLog,
    private readonly settings: Settings,
  ) {
    this.restart();
  }

  restart(): void {
    for (const screens of this.rooms.values()) for (const screen of screens) screen.lose();
    this.rooms.clear();
    this.city = new LiveCity({
      now: () => this.log().clockMs,
      broadcast: (room, frame) => {
        for (const screen of this.rooms.get(room) ?? []) screen.send(frame);
      },
      partBytes: this.settings.partBytes,
      wake: () => undefined,
      inTouch: () => true,
      ends: (tell) => {
        tell(
          this.#state.vectorOf((stream) =>
            this.log()
              .ends(stream)
              .map(({ next }) => next),
          ),
        );
      },
    });
    this.load();
  }

  /** Reads the log as it is now, from its beginning: at a start, or because it is another log. */
  load(): void {
    const log = this.log();
    const sources: StreamSource[] = contracts.map((event) => ({
      stream: event.stream,
      events: [event],
      topic: event.stream.name,
      logId: log.logId,
      ends: log.ends(event.stream),
    }));
    this.#state = new StreamState(sources);
    for (const stream of streams)
      for (const [partition, lane] of log.lanes(stream).entries())
        this.#state.advance(stream, partition, this.settings.compaction ? log.compacted(stream, partition) : lane);
    this.#state.caughtUp();
    for (const stream of streams)
      this.#read.set(
        stream,
        log.ends(stream).map(({ next }) => next),
      );
    this.city.shut();
    this.city.open(this.#state);
  }

  /** Reads on: at most so many records of each partition. */
  read(count: number): void {
    for (const stream of streams)
      for (const [partition, lane] of this.log().lanes(stream).entries()) {
        const read = this.#read.get(stream) ?? [];
        const from = read[partition] ?? 0;
        const records = lane.filter(({ offset }) => offset >= from).slice(0, count);
        const last = records.at(-1);
        if (last === undefined) continue;
        read[partition] = last.offset + 1;
        this.city.advance(stream, partition, records);
      }
  }
}

/** Who is at the other end of the wire. */
export interface Receiver {
  screen: MemoryScreen | undefined;
  /** The gateway lets go of a frame: whoever sits there at this moment may see it. */
  sent(frame: Frame): void;
  apply(frame: Frame): void;
}

/** The server's end of a connection whose wire holds one frame at most: a second one would be a queue. */
export class MemoryScreen implements Screen {
  inFlight: Frame | undefined;
  gone = false;
  constructor(
    readonly gateway: Gateway,
    readonly wall: Receiver,
  ) {}
  isWritable() {
    return this.inFlight === undefined;
  }
  send(frame: Frame) {
    if (this.inFlight !== undefined) throw new Error('a frame was queued');
    this.wall.sent(frame);
    this.inFlight = structuredClone(frame);
  }
  join(room: string) {
    const screens = this.gateway.rooms.get(room) ?? new Set();
    this.gateway.rooms.set(room, screens.add(this));
  }
  leave(room: string) {
    this.gateway.rooms.get(room)?.delete(this);
  }
  cut() {
    this.lose();
  }
  lose() {
    this.gone = true;
    if (this.wall.screen === this) this.wall.screen = undefined;
    this.gateway.city.remove(this);
  }
  /** The wire delivers. */
  drain() {
    const frame = this.inFlight;
    this.inFlight = undefined;
    if (frame === undefined) return;
    this.wall.apply(frame);
    this.gateway.city.drained(this);
  }
}
