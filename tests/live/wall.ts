import { expect } from '@jest/globals';
import { belongsTo, MASKED, sightOf, type AnyEvent, type Area, type Asker, type Frame } from '@siaga/contracts';
import { Applied } from '@siaga/live';
import { tiled, within } from '../../apps/gateway/src/live/area.ts';
import { eyesOf } from '../../apps/gateway/src/live/eyes.ts';
import { decodePosition, type Position } from '../../apps/gateway/src/live/position.ts';
import { Alarm, contentOf, contractOf, Incident, Moved, streams, type CityLog, type Content } from './city-log.ts';
import { MemoryScreen, type Gateway, type Receiver } from './memory-gateway.ts';

/** A screen: the real client's state, watched. */
export class Wall implements Receiver {
  readonly applied = new Applied(contractOf);
  screen: MemoryScreen | undefined;
  readonly heard: string[] = [];
  /** The same, by who sat there when it was sent: a stretch told in parts is told anew from its beginning to other eyes. */
  readonly heardBy: string[][] = [[]];
  #sentTo: string[] = [];
  readonly #versions = new Map<string, number>();
  /** Positions of its first snapshot: events before it are not promised. */
  began: ReadonlyMap<string, readonly number[]> | undefined;
  /** Everybody who has sat there, the last one now. */
  readonly #askers: Asker[];

  constructor(
    asker: Asker,
    public area: Area | null,
    private readonly log: () => CityLog,
  ) {
    this.#askers = [asker];
  }

  get hasChanged(): boolean {
    return this.#askers.length > 1;
  }

  /** `since`: where it says it is; where it is, when absent. */
  connect(gateway: Gateway, since?: Position): void {
    this.screen?.lose();
    this.screen = new MemoryScreen(gateway, this);
    this.applied.reconnected();
    const { position } = this.applied;
    gateway.city.subscribe(
      this.screen,
      {
        streams: new Set(streams),
        eyes: this.#eyes,
        area: this.area,
        since: since ?? (position === undefined ? undefined : decodePosition(position)),
      },
      () => undefined,
    );
  }

  /** Who sits there may do something else from now on. */
  become(asker: Asker): void {
    this.#askers.push(asker);
    this.heardBy.push([]);
    this.screen?.gateway.city.see(this.screen, this.#eyes);
  }

  /** It is told nothing, not even a name, of what nobody who sits there now could ever see. */
  sent(frame: Frame): void {
    this.#sentTo = this.heardBy.at(-1) ?? [];
    for (const [name, key, data] of frame.latest) {
      const couldKnow = this.log().written.some(
        ({ event, record }) => event.name === name && record.key === key && this.#mayKnow(event, record),
      );
      expect(couldKnow).toBe(true);
      if (data !== null) this.#checkSight(name, data as Content);
    }
    for (const [name, , data] of frame.every) this.#checkSight(name, data as Content);
  }

  apply(frame: Frame): void {
    // the client would drop a second one; the gateway must not have sent it
    if (frame.part === undefined) for (const [, , , id] of frame.every) expect(this.heard).not.toContain(id);
    const { every } = this.applied.apply(frame);
    for (const [, , , id] of every) {
      this.heard.push(id);
      this.#sentTo.push(id);
    }
    for (const [key, { atMs }] of this.applied.latest(Moved.name)) {
      expect(atMs).toBeGreaterThanOrEqual(this.#versions.get(key) ?? 0);
      this.#versions.set(key, atMs);
    }
    this.began ??= this.applied.position === undefined ? undefined : decodePosition(this.applied.position)?.vector;
  }

  /** Who sits there now. */
  get asker(): Asker {
    const asker = this.#askers.at(-1);
    if (asker === undefined) throw new Error('nobody ever sat there');
    return asker;
  }

  get #eyes() {
    return eyesOf(this.asker, this.log().clockMs);
  }

  #checkSight(name: string, data: Content): void {
    expect(this.#mayHave(this.asker, name, data)).toBe(true);
    expect(data).toEqual(this.#masked(data));
  }

  /** By the words of the promise: one of the agencies is his, or all are; what is for nobody is not his either. */
  #mayHave(asker: Asker, name: string, data: Content | null): boolean {
    const agencies = name === Moved.name ? ['dlh' as const, 'command' as const] : (data?.agencies ?? []);
    return agencies.length > 0 && belongsTo(asker, agencies);
  }

  #mayKnow({ name }: AnyEvent, record: Parameters<typeof contentOf>[0]): boolean {
    return this.#mayHave(this.asker, name, contentOf(record));
  }

  #masked(data: Content): Content {
    const sees = sightOf(this.asker, this.log().clockMs);
    return {
      ...data,
      ...(data.caller === undefined || sees.has('personal') ? {} : { caller: MASKED }),
      ...(data.patient === undefined || sees.has('health') ? {} : { patient: { condition: MASKED } }),
    };
  }

  /** What the log says such a screen must show. */
  expected() {
    const moved = new Map<string, { data: Content | null; version: number }>();
    const incidents = new Map<string, Content>();
    const alarms = new Map<string, { partition: number; offset: number; data: Content }>();
    for (const lanes of this.log().partitions.values())
      for (const record of lanes.flat()) {
        const data = contentOf(record);
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
            if (data !== null && !alarms.has(data.alarmId)) alarms.set(data.alarmId, { ...record, data });
        }
      }
    const sight = this.area === null ? null : tiled(this.area);
    return {
      moved: Object.fromEntries(
        [...moved]
          .filter(([, { data }]) => data !== null && within(sight, data) && this.#mayHave(this.asker, Moved.name, data))
          .map(([key, { data }]) => [key, data]),
      ),
      incidents: Object.fromEntries(
        [...incidents]
          .filter(([, incident]) => this.#mayHave(this.asker, Incident.name, incident))
          .map(([key, incident]) => [key, this.#masked(incident)]),
      ),
      /** Those that everybody who has sat there could hear. */
      alarms: [0, 1].map((lane) =>
        [...alarms].filter(([, { partition, data }]) => partition === lane && this.#mayAlways(data)).map(([id]) => id),
      ),
      laneOf: (id: string) => alarms.get(id)?.partition,
      offsetOf: (id: string) => alarms.get(id)?.offset ?? -1,
    };
  }

  #mayAlways(alarm: Content): boolean {
    return this.#askers.every((asker) => this.#mayHave(asker, Alarm.name, alarm));
  }

  shown() {
    const plain = (event: AnyEvent) =>
      Object.fromEntries([...this.applied.latest(event.name)].map(([key, { data }]) => [key, data]));
    return { moved: plain(Moved), incidents: plain(Incident) };
  }
}
