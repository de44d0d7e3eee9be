import { expect } from '@jest/globals';
import { encodeEvent, encodeRetraction, type EventMeta, type NewRecord } from '@siaga/bus';
import type { Agency, Area, Asker, FieldClass, Role } from '@siaga/contracts';
import fc from 'fast-check';
import { Alarm, CityLog, Incident, Moved } from './city-log.ts';
import { Gateway, type Settings } from './memory-gateway.ts';
import { Wall } from './wall.ts';

const meta = (log: CityLog): EventMeta => ({ city: '3574', source: 'test', exercise: false, timeMs: log.clockMs });
const anAgency = fc.constantFrom<Agency>('dlh', 'command', 'polres');
const agencies = fc.uniqueArray(anAgency, { maxLength: 3 });
const aRole = fc.constantFrom<Role>('viewer', 'viewer', 'dispatcher', 'supervisor', 'city-admin');
const classes = fc.uniqueArray(fc.constantFrom<FieldClass>('personal', 'health', 'caller'));
/** Somebody with one role, of some agencies, who may have uncovered something. */
export const anAsker: fc.Arbitrary<Asker> = fc.record({
  roles: aRole.map((role) => [role]),
  agencies,
  reveal: fc.option(
    classes.map((uncovered) => ({ classes: uncovered, untilMs: Number.MAX_SAFE_INTEGER })),
    { nil: undefined },
  ),
});
const small = fc.nat({ max: 5 });
export const anArea = fc.option(
  fc.record({ south: fc.constantFrom(-8, -7.9, -7.8), west: fc.constantFrom(113, 113.1, 113.2) }).map((corner) => ({
    ...corner,
    north: corner.south + 0.04,
    east: corner.west + 0.04,
  })),
);

/** Something that happens, so often among the others. */
const may = <Name extends string, Fields extends object>(
  weight: number,
  name: Name,
  fields: { [Field in keyof Fields]: fc.Arbitrary<Fields[Field]> },
) => ({ weight, arbitrary: fc.record<Fields>(fields).map((values) => ({ do: name, ...values })) });
const either = fc.nat({ max: 1 });
const anyWall = fc.nat({ max: 3 });

export const anAction = fc.oneof(
  may(6, 'move', { key: small, late: fc.boolean(), tile: small }),
  may(1, 'scrap', { key: small }),
  may(3, 'incident', { key: small, agencies }),
  may(1, 'close', { key: small }),
  may(5, 'alarm', { key: small, agencies }),
  may(2, 'repeat', { back: small }),
  may(6, 'read', { gateway: either, count: small }),
  may(8, 'tick', { gateway: either, ms: fc.nat({ max: 3000 }) }),
  may(10, 'drain', { wall: anyWall }),
  may(3, 'cut', { wall: anyWall }),
  may(4, 'connect', { wall: anyWall, gateway: either }),
  may(2, 'track', { wall: anyWall, area: anArea }),
  may(2, 'become', { wall: anyWall, asker: anAsker }),
  may(1, 'restart', { gateway: either }),
);
export type Action = typeof anAction extends fc.Arbitrary<infer Value> ? Value : never;

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not in this scene');
  return value;
}

/** One city with two gateways and four walls, living through the actions. */
export class Scene {
  log = new CityLog('first');
  readonly gateways: Gateway[];
  readonly walls: Wall[];
  readonly #alarms: NewRecord[] = [];

  constructor(
    who: readonly { asker: Asker; area: Area | null }[],
    private readonly settings: Settings,
  ) {
    this.gateways = [0, 1].map(() => new Gateway(() => this.log, settings));
    this.walls = who.map(({ asker, area }) => new Wall(asker, area, () => this.log));
  }

  #gateway(index: number): Gateway {
    return present(this.gateways[index]);
  }

  #wall(index: number): Wall {
    return present(this.walls[index]);
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
        const { key, agencies: of } = action;
        const incident = { incidentId: `i${key}`, note: step, agencies: of, caller: `caller ${step}` };
        log.append(Incident, encodeEvent(Incident, incident, meta(log)), step % 2);
        return;
      }
      case 'close':
        log.append(Incident, encodeRetraction(Incident, `i${action.key}`, meta(log)), 0);
        return;
      case 'alarm': {
        const about = { agencies: action.agencies, patient: { condition: `condition ${step}` } };
        const alarm = { alarmId: `a${step}`, at: `place${action.key}`, ...about };
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
        this.#gateway(action.gateway).read(action.count);
        return;
      case 'tick':
        log.clockMs += action.ms;
        this.#gateway(action.gateway).city.tick();
        return;
      case 'drain':
        this.#wall(action.wall).screen?.drain();
        return;
      case 'cut':
        this.#wall(action.wall).screen?.lose();
        return;
      case 'connect':
        this.#wall(action.wall).connect(this.#gateway(action.gateway));
        return;
      case 'track': {
        const wall = this.#wall(action.wall);
        wall.area = action.area;
        wall.screen?.gateway.city.track(wall.screen, action.area);
        return;
      }
      case 'become':
        this.#wall(action.wall).become(action.asker);
        return;
      case 'restart':
        for (const { screen } of this.walls) if (screen?.gateway === this.#gateway(action.gateway)) screen.lose();
        this.#gateway(action.gateway).restart();
    }
  }

  /** Everything is read, everyone connected, every wire delivers. */
  settle(): void {
    for (let round = 0; round < 6; round += 1) {
      for (const wall of this.walls) if (wall.screen === undefined) wall.connect(this.#gateway(0));
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
      const began = [...(wall.began ?? new Map<string, readonly number[]>()).values()].at(-1) ?? [];
      for (const lane of [0, 1]) {
        const heard = wall.heard.filter((id) => laneOf(id) === lane);
        const always = alarms[lane]?.filter((id) => offsetOf(id) >= (began[lane] ?? Infinity)) ?? [];
        expect(heard.filter((id) => always.includes(id))).toEqual(always);
        for (const of of wall.heardBy.map((ids) => ids.filter((id) => laneOf(id) === lane)))
          expect(of).toEqual(of.toSorted((one, other) => offsetOf(one) - offsetOf(other)));
        if (!wall.hasChanged) expect(heard).toEqual(always);
      }
    }
  }
}
