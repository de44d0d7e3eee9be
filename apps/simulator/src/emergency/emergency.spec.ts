import { describe, expect, it } from '@jest/globals';
import { EmergencyPlace, EmergencyScene, endsOfAssignment, TelephoneNumber } from '@siaga/contracts';
import { outline, polygonsContain } from '@siaga/geo';
import fc from 'fast-check';
import { DAY_MS } from '../city-time.ts';
import { nextStep, type Step } from './crew.ts';
import { callsBetween, callsOfDay, callsOfScene } from './ringing.ts';

const noon = Date.parse('2026-11-22T12:00:00+07:00');

describe('a day at the simulated 112', () => {
  it('has a few real calls among many that are nothing, the same for the same seed', () => {
    const days = Array.from({ length: 30 }, (_, day) => callsOfDay(noon + day * DAY_MS, 's'));
    expect(callsOfDay(noon, 's')).toEqual(days[0]);
    expect(callsOfDay(noon, 'other')).not.toEqual(days[0]);
    const calls = days.flat();
    const real = calls.filter(({ story }) => !story.isJunk);
    expect(real.length / days.length).toBeGreaterThan(3);
    expect(real.length / days.length).toBeLessThan(8);
    expect(new Set(calls.map(({ exchangeId }) => exchangeId)).size).toBe(calls.length);
    for (const { number, story } of calls) {
      expect(number === undefined || TelephoneNumber.safeParse(number).success).toBe(true);
      if (!story.isJunk) expect(EmergencyPlace.safeParse(story.place).success).toBe(true);
    }
    const inside = real.filter(({ story }) => !story.isJunk && polygonsContain(outline().polygons, story.place));
    expect(inside.length).toBeGreaterThan(real.length * 0.9);
  });

  it('rings each call once, however the time is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * DAY_MS }), { maxLength: 6 }), (cuts) => {
        const times = [0, ...cuts, 2 * DAY_MS].sort((one, other) => one - other).map((ms) => noon + ms);
        const parts = times.slice(1).flatMap((until, index) => callsBetween(times[index] ?? 0, until, 's'));
        expect(parts).toEqual(callsBetween(noon, noon + 2 * DAY_MS, 's'));
      }),
      { numRuns: 30 },
    );
  });

  it.each(EmergencyScene.options)('plays %s the same for the same seed, one after the other', (scene) => {
    const calls = callsOfScene(scene, noon, 's');
    expect(callsOfScene(scene, noon, 's')).toEqual(calls);
    expect(calls.map(({ atMs }) => atMs)).toEqual(calls.map(({ atMs }) => atMs).toSorted((one, other) => one - other));
  });
});

describe('a simulated crew', () => {
  const errand = { from: { lat: -7.75, lng: 113.2 }, to: { lat: -7.76, lng: 113.21 }, seed: 's' };
  const pressed = (kind: 'medical' | 'animal', unitClass: 'ambulance' | 'rescue-car') => {
    const steps: Step[] = [];
    let at = { assignmentId: 'TGS-00000001', status: 'dispatched', atMs: { dispatched: noon } } as Parameters<typeof nextStep>[1]; // prettier-ignore
    for (
      let next = nextStep({ unitClass }, at, { ...errand, kind });
      next !== undefined;
      next = nextStep({ unitClass }, at, { ...errand, kind })
    ) {
      // prettier-ignore
      expect(next.atMs).toBeGreaterThan(at.atMs[at.status] ?? Infinity);
      steps.push(next.step);
      at = { ...at, status: next.step, atMs: { ...at.atMs, [next.step]: next.atMs } };
    }
    expect(endsOfAssignment.has(at.status)).toBe(true);
    return steps;
  };

  it('goes through every step that fits its errand, each after the one before', () => {
    expect(pressed('animal', 'rescue-car')).toEqual(['accepted', 'en-route', 'on-scene', 'clear']);
    expect(pressed('medical', 'ambulance')).toContain('at-hospital');
  });
});
