import { expect } from '@jest/globals';
import type { Agency, AnyEvent, Area, Frame } from '@siaga/contracts';
import { Applied } from '@siaga/live';
import { tiled, within } from '../../apps/gateway/src/live/area.ts';
import { maskOf } from '../../apps/gateway/src/live/audience.ts';
import { decodePosition } from '../../apps/gateway/src/live/position.ts';
import { contentOf, contractOf, Incident, Moved, streams, type CityLog, type Content } from './city-log.ts';
import { MemoryScreen, type Gateway, type Receiver } from './memory-gateway.ts';

/** A screen: the real client's state, watched. */
export class Wall implements Receiver {
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
    // the client would drop a second one; the gateway must not have sent it
    if (frame.part === undefined) for (const [, , , id] of frame.every) expect(this.heard).not.toContain(id);
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
      ({ event, record }) => event === Incident && record.key === key && this.#may(contentOf(record)),
    );
    expect(mayKnow).toBe(true);
    if (data !== null) expect(this.#may(data as Content)).toBe(true);
  }

  #may(of: { agencies: Agency[] } | null): boolean {
    return of !== null && of.agencies.includes(this.agency);
  }

  /** What the log says such a screen must show. */
  expected() {
    const moved = new Map<string, { data: Content | null; version: number }>();
    const incidents = new Map<string, Content>();
    const alarms = new Map<string, { partition: number; offset: number; agencies: Agency[] }>();
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
            if (data !== null && !alarms.has(data.alarmId))
              alarms.set(data.alarmId, { ...record, agencies: data.agencies });
        }
      }
    const sight = this.area === null ? null : tiled(this.area);
    return {
      moved: Object.fromEntries(
        [...moved]
          .filter(([, { data }]) => data !== null && within(sight, data) && this.agency !== 'polres')
          .map(([key, { data }]) => [key, data]),
      ),
      incidents: Object.fromEntries([...incidents].filter(([, incident]) => this.#may(incident))),
      alarms: [0, 1].map((lane) =>
        [...alarms]
          .filter(([, { partition, agencies }]) => partition === lane && this.#may({ agencies }))
          .map(([id]) => id),
      ),
      laneOf: (id: string) => alarms.get(id)?.partition,
      offsetOf: (id: string) => alarms.get(id)?.offset ?? -1,
    };
  }

  shown() {
    const plain = (event: AnyEvent) =>
      Object.fromEntries([...this.applied.latest(event.name)].map(([key, { data }]) => [key, data]));
    return { moved: plain(Moved), incidents: plain(Incident) };
  }
}
