import { describe, expect, it } from '@jest/globals';
import { SURROUNDINGS_M, type AlarmChanged, type EmergencyPlace } from '@siaga/contracts';
import { areaContains, distanceM } from '@siaga/geo';
import fc from 'fast-check';
import { alarmsAround, incidentsAround } from './around.ts';

const flora = { lat: -7.7551, lng: 113.2101 };
const somewhere = fc.record({
  lat: fc.double({ min: -7.77, max: -7.74, noNaN: true }),
  lng: fc.double({ min: 113.2, max: 113.22, noNaN: true }),
});
const place = fc
  .tuple(somewhere, fc.integer({ min: 0, max: 800 }))
  .map(([at, uncertaintyM]): EmergencyPlace => ({ ...at, uncertaintyM, source: 'map' }));
const severity = fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'information' as const);
const alarm = fc
  .record({
    severity,
    status: fc.constantFrom('active' as const, 'cleared' as const),
    place: fc.option(somewhere, { nil: undefined }),
    area: fc.option(fc.tuple(somewhere, somewhere), { nil: undefined }),
    shelvedUntilMs: fc.option(fc.constantFrom(500, 1500), { nil: undefined }),
  })
  .map(({ area, ...said }) => ({
    ...said,
    ...{ name: 'Panel', thing: { kind: 'panel', thingId: 'P-1' }, kind: 'dark', sinceMs: 1 },
    area: area && {
      south: Math.min(area[0].lat, area[1].lat),
      north: Math.max(area[0].lat, area[1].lat),
      west: Math.min(area[0].lng, area[1].lng),
      east: Math.max(area[0].lng, area[1].lng),
    },
  }));

describe('around a call', () => {
  it('alarms that go on and reach it are named, worst first, and no others', () => {
    fc.assert(
      fc.property(place, fc.array(alarm, { maxLength: 9 }), (at, said) => {
        const alarms = said.map((one, index) => ({
          ...one,
          alarmId: `AL-${String(index)}`,
        })) as unknown as AlarmChanged[];
        const found = alarmsAround(at, alarms, 1000);
        const reached = alarms.filter(
          ({ status, shelvedUntilMs, place: there, area }) =>
            status === 'active' &&
            shelvedUntilMs !== 1500 &&
            ((area !== undefined && areaContains(area, at)) ||
              (there !== undefined && distanceM(at, there) <= SURROUNDINGS_M + at.uncertaintyM + 0.5)),
        );
        expect(found.length).toBeLessThanOrEqual(reached.length);
        const sure = reached.filter(({ place: there }) => there === undefined || distanceM(at, there) <= SURROUNDINGS_M + at.uncertaintyM - 0.5); // prettier-ignore
        const ids = new Set(found.map(({ alarmId }) => alarmId));
        expect(sure.filter(({ alarmId }) => !ids.has(alarmId))).toEqual([]);
        const ranks = found.map(({ severity: how }) => ['critical', 'high', 'medium', 'information'].indexOf(how));
        expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
      }),
    );
  });

  it('open incidents are named as near as both may be at best, nearest first', () => {
    const north = (metres: number) => ({ ...flora, lat: flora.lat + metres / 111_195 });
    const incident = (incidentId: string, metres: number, uncertaintyM: number) => ({
      ...{ incidentId, status: 'active' as const, openedAtMs: 1 },
      place: { ...north(metres), uncertaintyM, source: 'map' as const },
    });
    const near = incidentsAround({ ...flora, uncertaintyM: 50, source: 'map' }, [
      incident('INS-00000001', 700, 100),
      incident('INS-00000002', 640, 100),
      incident('INS-00000003', 20, 0),
      { incidentId: 'INS-00000004', status: 'active', openedAtMs: 1, place: undefined },
    ]);
    expect(near.map(({ incidentId, distanceM: far }) => [incidentId, far])).toEqual([
      ['INS-00000003', 20],
      ['INS-00000002', 640],
    ]);
  });
});
