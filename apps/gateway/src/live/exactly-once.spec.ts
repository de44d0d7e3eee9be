import { describe, expect, it } from '@jest/globals';
import { encodeEvent, encodeRetraction, type EventMeta, type LogRecord, type NewRecord } from '@siaga/bus';
import {
  Agency,
  defineEvent,
  defineStream,
  Latitude,
  Longitude,
  type AnyEvent,
  type Area,
  type Frame,
  type Stream,
} from '@siaga/contracts';
import { Applied } from '@siaga/live';
import fc from 'fast-check';
import { z } from 'zod';
import { tiled, within } from './area.ts';
import { maskOf } from './audience.ts';
import { LiveCity, type Screen } from './live-city.ts';
import { decodePosition } from './position.ts';
import { StreamState, type StreamSource } from './stream-state.ts';

// The promise: whatever is cut, stalled, restarted or repeated, what a screen has applied is the log – every value, every
// event once, nothing backward, nothing it may not see. Random cities, screens and gateways; no sockets, no clock.

const Moved = defineEvent({
  name: 'test.truck.moved',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.positions', delivery: 'latest', partitions: 2, keepForDays: 1 }),
  data: z.object({ truckId: z.string(), atMs: z.number(), lat: Latitude, lng: Longitude }),
  key: (truck) => truck.truckId,
  version: (truck) => truck.atMs,
  where: (truck) => truck,
  audience: ['dlh', 'command'],
});
const Incident = defineEvent({
  name: 'test.incident.changed',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.incidents', delivery: 'latest', keepForDays: 1 }),
  data: z.object({ incidentId: z.string(), note: z.number(), agencies: z.array(Agency) }),
  key: (incident) => incident.incidentId,
  audience: (incident) => incident.agencies,
});
const Alarm = defineEvent({
  name: 'test.alarm.raised',
  summary: 'For this test.',
  stream: defineStream({ name: 'test.alarms', delivery: 'every', partitions: 2, keepForDays: 1 }),
  data: z.object({ alarmId: z.string(), at: z.string(), agencies: z.array(Agency) }),
  key: (alarm) => alarm.at,
  id: (alarm) => alarm.alarmId,
  audience: (alarm) => alarm.agencies,
  urgent: true,
});
const contracts: readonly AnyEvent[] = [Moved, Incident, Alarm];
const streams = contracts.map((event) => event.stream);
const contractOf = (name: string) => contracts.find((event) => event.name === name);

/** A log of one city in memory: records by stream and partition, offsets with gaps. */
class CityLog {
  readonly logId: string;
  readonly partitions = new Map<Stream, LogRecord[][]>();
  readonly written: { event: AnyEvent; record: NewRecord }[] = [];
  clockMs = 1_800_000_000_000;

  constructor(logId: string) {
    this.logId = logId;
    for (const stream of streams)
      this.partitions.set(
        stream,
        Array.from({ length: stream.partitions }, () => []),
      );
  }

  append(event: AnyEvent, record: NewRecord, gap: number): void {
    const partition = [...record.key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % event.stream.partitions;
    const lane = this.partitions.get(event.stream)![partition]!;
    lane.push({ ...record, partition, offset: (lane.at(-1)?.offset ?? -1) + 1 + gap, timeMs: this.clockMs });
    this.written.push({ event, record });
  }

  ends(stream: Stream) {
    return this.partitions.get(stream)!.map((lane) => {
      const next = (lane.at(-1)?.offset ?? -1) + 1;
      return { first: lane[0]?.offset ?? next, next };
    });
  }

  /** What a reader that starts now is given of a partition: of `latest` streams only the last record of each key. */
  compacted(stream: Stream, partition: number): LogRecord[] {
    const lane = this.partitions.get(stream)![partition]!;
    if (stream.delivery === 'every') return lane;
    return lane.filter((record, index) => !lane.slice(index + 1).some((later) => later.key === record.key));
  }
}

interface Settings {
  /** A gateway that starts finds a compacted log. */
  compaction: boolean;
  partBytes: number;
}

/** A gateway that reads as far as it is told to. */
class Gateway {
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
      logId: log.logId,
      ends: log.ends(event.stream),
    }));
    this.#state = new StreamState(sources);
    for (const stream of streams)
      for (const [partition, lane] of log.partitions.get(stream)!.entries())
        this.#state.advance(stream, partition, this.settings.compaction ? log.compacted(stream, partition) : lane);
    this.#state.caughtUp();
    for (const stream of streams)
      this.#read.set(
        stream,
        log.ends(stream).map(({ next }) => next),
      );
    this.city.open(this.#state);
  }

  /** Reads on: at most so many records of each partition. */
  read(count: number): void {
    for (const stream of streams)
      for (const [partition, lane] of this.log().partitions.get(stream)!.entries()) {
        const from = this.#read.get(stream)![partition]!;
        const records = lane.filter(({ offset }) => offset >= from).slice(0, count);
        if (records.length === 0) continue;
        this.#read.get(stream)![partition] = records.at(-1)!.offset + 1;
        this.city.advance(stream, partition, records);
      }
  }
}

/** The server's end of a connection whose wire holds one frame at most: a second one would be a queue. */
class MemoryScreen implements Screen {
  inFlight: Frame | undefined;
  gone = false;
  constructor(
    readonly gateway: Gateway,
    readonly wall: Wall,
  ) {}
  isWritable() {
    return this.inFlight === undefined;
  }
  send(frame: Frame) {
    if (this.inFlight !== undefined) throw new Error('a frame was queued');
    this.inFlight = structuredClone(frame);
  }
  join(room: string) {
    if (!this.gateway.rooms.has(room)) this.gateway.rooms.set(room, new Set());
    this.gateway.rooms.get(room)!.add(this);
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

/** A screen: the real client's state, watched. */
class Wall {
  readonly applied = new Applied(contractOf);
  screen: MemoryScreen | undefined;
  readonly heard: string[] = [];
  readonly #versions = new Map<string, number>();
  /** Positions of its first snapshot: events before it are not promised. */
  began: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    readonly agency: Agency,
    public area: Area | null,
    private readonly log: () => CityLog,
  ) {}

  connect(gateway: Gateway): void {
    this.screen?.lose();
    this.screen = new MemoryScreen(gateway, this);
    this.applied.reconnected();
    const { position } = this.applied;
    gateway.city.subscribe(
      this.screen,
      {
        streams: new Set(streams),
        audience: maskOf([this.agency]),
        area: this.area,
        since: position === undefined ? undefined : decodePosition(position),
      },
      () => undefined,
    );
  }

  apply(frame: Frame): void {
    for (const [name, key, data] of frame.latest) this.#checkSight(name, key, data);
    const { every } = this.applied.apply(frame);
    for (const [, , , id] of every) this.heard.push(id);
    for (const [key, { atMs }] of this.applied.latest(Moved.name)) {
      expect(atMs).toBeGreaterThanOrEqual(this.#versions.get(key) ?? 0);
      this.#versions.set(key, atMs);
    }
    this.began ??= this.applied.position === undefined ? undefined : decodePosition(this.applied.position)?.vector;
  }

  /** It is told nothing, not even a name, of what it could never see. */
  #checkSight(name: string, key: string, data: unknown): void {
    if (name !== Incident.name) return;
    const mayKnow = this.log().written.some(
      ({ event, record }) =>
        event === Incident &&
        record.key === key &&
        record.value !== null &&
        this.#may(JSON.parse(String(record.value))),
    );
    expect(mayKnow).toBe(true);
    if (data !== null) expect(this.#may(data as { agencies: Agency[] })).toBe(true);
  }

  #may({ agencies }: { agencies: Agency[] }): boolean {
    return agencies.includes(this.agency);
  }

  /** What the log says such a screen must show. */
  expected() {
    const moved = new Map<string, { data: { atMs: number; lat: number; lng: number } | null; version: number }>();
    const incidents = new Map<string, { agencies: Agency[] }>();
    const alarms = new Map<string, { partition: number; offset: number; agencies: Agency[] }>();
    for (const lanes of this.log().partitions.values())
      for (const record of lanes.flat()) {
        const data = record.value === null ? null : JSON.parse(String(record.value));
        const held = moved.get(record.key);
        switch (record.headers['ce_type']) {
          case Moved.name:
            if (data === null) moved.set(record.key, { data, version: held?.version ?? 0 });
            else if (held?.data === null ? data.atMs > held.version : data.atMs >= (held?.version ?? 0))
              moved.set(record.key, { data, version: data.atMs });
            break;
          case Incident.name:
            if (data === null) incidents.delete(record.key);
            else incidents.set(record.key, data);
            break;
          default:
            if (!alarms.has(data.alarmId)) alarms.set(data.alarmId, { ...record, agencies: data.agencies });
        }
      }
    const sight = this.area === null ? null : tiled(this.area);
    return {
      moved: Object.fromEntries(
        [...moved]
          .filter(([, { data }]) => data !== null && within(sight, data) && ['dlh', 'command'].includes(this.agency))
          .map(([key, { data }]) => [key, data]),
      ),
      incidents: Object.fromEntries([...incidents].filter(([, incident]) => this.#may(incident))),
      alarms: [0, 1].map((lane) =>
        [...alarms]
          .filter(([, { partition, agencies }]) => partition === lane && this.#may({ agencies }))
          .map(([id]) => id),
      ),
      laneOf: (id: string) => alarms.get(id)!.partition,
      offsetOf: (id: string) => alarms.get(id)!.offset,
    };
  }

  shown() {
    const plain = (event: AnyEvent) =>
      Object.fromEntries([...this.applied.latest(event.name)].map(([key, { data }]) => [key, data]));
    return { moved: plain(Moved), incidents: plain(Incident) };
  }
}

const meta = (log: CityLog): EventMeta => ({ city: '3574', source: 'test', exercise: false, timeMs: log.clockMs });
const anAgency = fc.constantFrom<Agency>('dlh', 'command', 'polres');
const agencies = fc.uniqueArray(anAgency, { maxLength: 3 });
const small = fc.nat({ max: 5 });
const anArea = fc.option(
  fc.record({ south: fc.constantFrom(-8, -7.9, -7.8), west: fc.constantFrom(113, 113.1, 113.2) }).map((corner) => ({
    ...corner,
    north: corner.south + 0.04,
    east: corner.west + 0.04,
  })),
);

const anAction = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('move' as const), key: small, late: fc.boolean(), tile: small }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scrap' as const), key: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('incident' as const), key: small, agencies }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), key: small }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('alarm' as const), key: small, agencies }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: small }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), gateway: fc.nat({ max: 1 }), count: small }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('tick' as const), gateway: fc.nat({ max: 1 }), ms: fc.nat({ max: 3000 }) }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('drain' as const), wall: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), wall: fc.nat({ max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('connect' as const),
      wall: fc.nat({ max: 3 }),
      gateway: fc.nat({ max: 1 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('track' as const), wall: fc.nat({ max: 3 }), area: anArea }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), gateway: fc.nat({ max: 1 }) }) },
);
type Action = typeof anAction extends fc.Arbitrary<infer Value> ? Value : never;

/** One city with two gateways and four walls, living through the actions. */
class Scene {
  log = new CityLog('first');
  readonly gateways: Gateway[];
  readonly walls: Wall[];
  readonly #alarms: NewRecord[] = [];

  constructor(
    who: readonly { agency: Agency; area: Area | null }[],
    private readonly settings: Settings,
  ) {
    this.gateways = [0, 1].map(() => new Gateway(() => this.log, settings));
    this.walls = who.map(({ agency, area }) => new Wall(agency, area, () => this.log));
  }

  act(action: Action, step: number): void {
    const { log } = this;
    log.clockMs += 1;
    switch (action.do) {
      case 'move': {
        // compaction may keep the older of two values written out of order: only ordered ones have one right answer
        const atMs = action.late && !this.settings.compaction ? log.clockMs - 5 : log.clockMs;
        const place = { lat: -8 + action.tile * 0.05, lng: 113 + action.tile * 0.05 };
        log.append(Moved, encodeEvent(Moved, { truckId: `t${action.key}`, atMs, ...place }, meta(log)), step % 3);
        return;
      }
      case 'scrap':
        log.append(Moved, encodeRetraction(Moved, `t${action.key}`, meta(log)), 0);
        return;
      case 'incident': {
        const incident = { incidentId: `i${action.key}`, note: step, agencies: action.agencies };
        log.append(Incident, encodeEvent(Incident, incident, meta(log)), step % 2);
        return;
      }
      case 'close':
        log.append(Incident, encodeRetraction(Incident, `i${action.key}`, meta(log)), 0);
        return;
      case 'alarm': {
        const alarm = { alarmId: `a${step}`, at: `place${action.key}`, agencies: action.agencies };
        const record = encodeEvent(Alarm, alarm, meta(log));
        this.#alarms.push(record);
        log.append(Alarm, record, step % 3);
        return;
      }
      case 'repeat': {
        const record = this.#alarms.at(-1 - action.back);
        if (record !== undefined) log.append(Alarm, record, 0);
        return;
      }
      case 'read':
        this.gateways[action.gateway]!.read(action.count);
        return;
      case 'tick':
        log.clockMs += action.ms;
        this.gateways[action.gateway]!.city.tick();
        return;
      case 'drain':
        this.walls[action.wall]!.screen?.drain();
        return;
      case 'cut':
        this.walls[action.wall]!.screen?.lose();
        return;
      case 'connect':
        this.walls[action.wall]!.connect(this.gateways[action.gateway]!);
        return;
      case 'track': {
        const wall = this.walls[action.wall]!;
        wall.area = action.area;
        wall.screen?.gateway.city.track(wall.screen, action.area);
        return;
      }
      case 'restart':
        for (const { screen } of this.walls) if (screen?.gateway === this.gateways[action.gateway]) screen!.lose();
        this.gateways[action.gateway]!.restart();
    }
  }

  /** Everything is read, everyone connected, every wire delivers. */
  settle(): void {
    for (let round = 0; round < 6; round += 1) {
      for (const wall of this.walls) if (wall.screen === undefined) wall.connect(this.gateways[0]!);
      for (const gateway of this.gateways) {
        gateway.read(Infinity);
        gateway.city.tick();
      }
      for (const wall of this.walls) for (let frame = 0; frame < 60; frame += 1) wall.screen?.drain();
    }
    for (const gateway of this.gateways) expect(gateway.city.waiting).toBe(0);
  }

  check(): void {
    for (const wall of this.walls) {
      const { moved, incidents, alarms, laneOf, offsetOf } = wall.expected();
      expect(wall.shown()).toEqual({ moved, incidents });
      const began = [...wall.began!.values()].at(-1)!;
      for (const lane of [0, 1])
        expect(wall.heard.filter((id) => laneOf(id) === lane)).toEqual(
          alarms[lane]!.filter((id) => offsetOf(id) >= began[lane]!),
        );
    }
  }
}

const scenes = (compaction: boolean) =>
  fc.record({
    who: fc.array(fc.record({ agency: anAgency, area: anArea }), { minLength: 4, maxLength: 4 }),
    actions: fc.array(anAction, { minLength: 20, maxLength: 150 }),
    settings: fc.record({ compaction: fc.constant(compaction), partBytes: fc.constantFrom(150, 500, 65_536) }),
  });
type Story = ReturnType<typeof scenes> extends fc.Arbitrary<infer Value> ? Value : never;

function live({ who, actions, settings }: Story): void {
  const scene = new Scene(who, settings);
  for (const [step, action] of actions.entries()) scene.act(action, step);
  scene.settle();
  scene.check();
}

describe('a screen shows exactly the log', () => {
  it('through cuts, stalls, moves, repeats and restarts, with values out of order', () => {
    fc.assert(fc.property(scenes(false), live), { numRuns: 1500 });
  });

  it('and when the log has been compacted before a gateway starts', () => {
    fc.assert(fc.property(scenes(true), live), { numRuns: 1500 });
  });
});
