import { describe, expect, it } from '@jest/globals';
import { distanceM, grow, boundsOf, outline, areaContains, polygonsContain } from '@siaga/geo';
import fc from 'fast-check';
import { DAY_MS, dayStartMs, HOUR_MS, MINUTE_MS } from './city-time.ts';
import { fleet } from './fleet.ts';
import { CityModel } from './whereabouts.ts';

const dayMs = dayStartMs(Date.parse('2026-11-21T03:00:00Z'));
const city = boundsOf(outline().polygons.flat(2))!;
const truckAndInstant = fc.tuple(fc.constantFrom(...fleet), fc.integer({ min: dayMs, max: dayMs + 3 * DAY_MS }));

describe('CityModel', () => {
  it('gives the same place for the same seed, whatever was asked before', () => {
    const asked = new CityModel('a');
    fc.assert(
      fc.property(truckAndInstant, ([truck, atMs]) => {
        expect(asked.positionAt(truck, atMs)).toEqual(new CityModel('a').positionAt(truck, atMs));
      }),
    );
  });

  it('gives another day for another seed', () => {
    const at = dayMs + 9 * HOUR_MS;
    const places = (seed: string) => fleet.map((truck) => new CityModel(seed).positionAt(truck, at));
    expect(places('a')).not.toEqual(places('b'));
  });

  it('stays in the city', () => {
    const model = new CityModel('a');
    fc.assert(
      fc.property(truckAndInstant, ([truck, atMs]) => {
        const where = model.positionAt(truck, atMs);
        expect(areaContains(grow(city, 100), where) && polygonsContain(outline().polygons, where)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('never jumps: a whole day second by second is within 15 to 40 km/h, and what it says is what it does', () => {
    const model = new CityModel('a');
    for (const truck of [fleet[0]!, fleet[8]!]) {
      let before = model.positionAt(truck, dayMs);
      for (let atMs = dayMs + 1000; atMs <= dayMs + DAY_MS; atMs += 1000) {
        const where = model.positionAt(truck, atMs);
        const kph = distanceM(before, where) * 3.6;
        if (kph > 40.1) throw new Error(`${truck.truckId} does ${kph} km/h at ${new Date(atMs).toISOString()}`);
        if (where.doing === 'drive' && (where.speedKph < 14.9 || where.speedKph > 40.1)) {
          throw new Error(`${truck.truckId} says ${where.speedKph} km/h`);
        }
        if (where.doing === 'drive' && before.untilMs === where.untilMs) {
          expect(kph).toBeLessThanOrEqual(Math.max(where.speedKph, before.speedKph) * 1.01);
        }
        before = where;
      }
    }
  });

  it('has somebody moving in every twenty minutes of day and night', () => {
    const model = new CityModel('a');
    for (let fromMs = dayMs; fromMs < dayMs + DAY_MS; fromMs += 20 * MINUTE_MS) {
      const minutes = Array.from({ length: 20 }, (_, minute) => fromMs + minute * MINUTE_MS);
      const moving = fleet.some((truck) => minutes.some((at) => model.positionAt(truck, at).doing === 'drive'));
      expect([new Date(fromMs).toISOString(), moving]).toEqual([new Date(fromMs).toISOString(), true]);
    }
  });

  it('tips at the landfill one to eight times a shift and is home by the afternoon', () => {
    const model = new CityModel('a');
    const at = (hour: number) => model.positionAt(fleet[0]!, dayMs + hour * HOUR_MS);
    expect(at(3).doing).toBe('parked');
    expect(at(9).shift).toBeDefined();
    expect(at(14.5).doing).toBe('parked');
    const doings = Array.from({ length: 24 * 60 }, (_, minute) => at(minute / 60).doing);
    const tips = doings.filter((doing, index) => doing === 'tip' && doings[index - 1] !== 'tip').length;
    expect(tips).toBeGreaterThanOrEqual(1);
    expect(tips).toBeLessThanOrEqual(8);
    expect(doings.filter((doing) => doing === 'collect').length).toBeGreaterThan(60);
  });
});

describe('the fleet', () => {
  it('is fifteen trucks of five kinds, with devices of all kinds, each with its own id', () => {
    expect(fleet.map(({ truckId }) => truckId)).toEqual(
      Array.from({ length: 15 }, (_, index) => `DLH-${String(index + 1).padStart(2, '0')}`),
    );
    expect(new Set(fleet.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(fleet.map(({ deviceId }) => deviceId)).size).toBe(15);
    const count = (prefix: string) => fleet.filter(({ dialect }) => dialect.startsWith(prefix)).length;
    expect([count('osmand'), count('osmand-json'), count('owntracks'), count('traccar')]).toEqual([9, 3, 3, 3]);
  });
});
