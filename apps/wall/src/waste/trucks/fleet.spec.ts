import { describe, expect, it } from '@jest/globals';
import type { TruckMoved, TruckRegistered } from '@siaga/contracts';
import { countStates, findTrucks, fleetOf as fleetBy, stateOf, truckIds } from './fleet.ts';

const now = Date.parse('2026-11-21T12:12:47Z');

const moved = (truckId: string, change: Partial<TruckMoved> = {}): TruckMoved => ({
  truckId,
  atMs: now - 4000,
  lat: -7.75,
  lng: 113.21,
  speedKph: 28,
  protocol: 'osmand',
  ...change,
});

const truck = (truckId: string, plate = `N ${truckId}`): TruckRegistered => ({
  truckId,
  plate,
  hullNumber: '07',
  kind: 'compactor',
  capacityKg: 4000,
  version: 1,
  exercise: false,
  createdAtMs: now,
  changedAtMs: now,
});

const known = <Data extends { truckId: string }>(datas: Data[], exercise = false) =>
  new Map(datas.map((data) => [data.truckId, { data, exercise }]));

const fleetOf = (
  registered: ReturnType<typeof known<TruckRegistered>>,
  positions: ReturnType<typeof known<TruckMoved>>,
) => fleetBy(truckIds(registered, positions), registered, positions, now);

describe('the state of a truck', () => {
  it('is moving from 3 km/h, because a parked GPS wanders', () => {
    expect(stateOf(moved('A'), now)).toBe('moving');
    expect(stateOf(moved('A', { speedKph: 2.9 }), now)).toBe('stopped');
  });

  it('is silent once its last report is older than two minutes', () => {
    expect(stateOf(moved('A', { atMs: now - 120_000 }), now)).toBe('moving');
    expect(stateOf(moved('A', { atMs: now - 120_001 }), now)).toBe('silent');
  });

  it('is never when it was not heard at all', () => {
    expect(stateOf(undefined, now)).toBe('never');
  });
});

describe('the fleet', () => {
  const fleet = fleetOf(
    known([truck('DLH-2'), truck('DLH-10'), truck('DLH-3'), truck('DLH-1')]),
    known([moved('DLH-10'), moved('DLH-2', { speedKph: 0 }), moved('DLH-3', { atMs: now - 600_000 })]),
  );

  it('puts who fell silent first, who never spoke last, and the rest by number', () => {
    expect(fleet.map(({ truckId, state }) => [truckId, state])).toEqual([
      ['DLH-3', 'silent'],
      ['DLH-2', 'stopped'],
      ['DLH-10', 'moving'],
      ['DLH-1', 'never'],
    ]);
    expect(countStates(fleet)).toEqual({ moving: 1, stopped: 1, silent: 1, never: 1 });
  });

  it('is sorted again only when a truck comes or leaves', () => {
    const ids = truckIds(known([truck('DLH-2'), truck('DLH-10')]), known([moved('DLH-1')]));
    expect(ids).toEqual(['DLH-1', 'DLH-2', 'DLH-10']);
    expect(truckIds(known([truck('DLH-10'), truck('DLH-1')]), known([moved('DLH-2')]), ids)).toBe(ids);
    expect(truckIds(known([truck('DLH-10'), truck('DLH-1')]), known([moved('DLH-3')]), ids)).not.toBe(ids);
  });

  it('shows a truck that is heard though nobody registered it', () => {
    const [stranger] = fleetOf(known<TruckRegistered>([]), known([moved('X')], true));
    expect(stranger).toMatchObject({ truckId: 'X', state: 'moving', exercise: true });
    expect(stranger?.registered).toBeUndefined();
  });

  it('is found by id, plate or hull number however it is typed', () => {
    const trucks = fleetOf(known([truck('DLH-07', 'N 8123 RP'), truck('DLH-08', 'N 9001 RP')]), new Map());
    expect(findTrucks(trucks, 'dlh07')).toHaveLength(1);
    expect(findTrucks(trucks, 'n8123')).toHaveLength(1);
    expect(findTrucks(trucks, ' ')).toHaveLength(2);
    expect(findTrucks(trucks, 'B 1 XX')).toHaveLength(0);
  });
});
