import { describe, expect, it } from '@jest/globals';
import { LampProgramme, sunProgramme, type LampSwitch } from '@siaga/contracts';
import fc from 'fast-check';
import { levelAt, nextSwitch, switchesBetween } from './programme-rules.ts';

const probolinggo = { place: { lat: -7.75, lng: 113.22 }, timezone: 'Asia/Jakarta' };
const at = (text: string) => Date.parse(text);
const minutesApart = (one: number, other: number) => Math.abs(one - other) / 60_000;

/** Half light after ten, full light for those who go to work early. */
const saving: LampSwitch[] = [
  { at: { sun: 'sunset', offsetMinutes: -5 }, levelPercent: 100 },
  { at: { clock: '22:00' }, levelPercent: 50 },
  { at: { clock: '04:00' }, levelPercent: 100 },
  { at: { sun: 'sunrise', offsetMinutes: 10 }, levelPercent: 0 },
];

describe('a programme of lamps', () => {
  it('follows the sun of the city unless something else is said', () => {
    expect(levelAt(sunProgramme, at('2026-11-22T20:00:00+07:00'), probolinggo)).toBe(100);
    expect(levelAt(sunProgramme, at('2026-11-23T03:00:00+07:00'), probolinggo)).toBe(100);
    expect(levelAt(sunProgramme, at('2026-11-22T12:00:00+07:00'), probolinggo)).toBe(0);
    const next = nextSwitch(sunProgramme, at('2026-11-22T12:00:00+07:00'), probolinggo);
    expect(next?.levelPercent).toBe(100);
    // sunset of that day in Probolinggo: 17.29 WIB
    expect(minutesApart(next?.atMs ?? 0, at('2026-11-22T17:29:00+07:00'))).toBeLessThan(3);
  });

  it('mixes sun and clock, and goes over midnight', () => {
    const switches = { switches: saving };
    expect(levelAt(switches, at('2026-11-22T21:59:00+07:00'), probolinggo)).toBe(100);
    expect(levelAt(switches, at('2026-11-22T22:00:00+07:00'), probolinggo)).toBe(50);
    expect(levelAt(switches, at('2026-11-23T03:59:00+07:00'), probolinggo)).toBe(50);
    expect(levelAt(switches, at('2026-11-23T04:00:00+07:00'), probolinggo)).toBe(100);
    expect(nextSwitch(switches, at('2026-11-22T23:30:00+07:00'), probolinggo)).toEqual({
      ...{ atMs: at('2026-11-23T04:00:00+07:00'), levelPercent: 100 },
    });
  });

  it('that never switches to anything else has no next switch', () => {
    const always = { switches: [{ at: { clock: '12:00' }, levelPercent: 100 }] };
    expect(levelAt(always, at('2026-11-22T03:00:00+07:00'), probolinggo)).toBe(100);
    expect(nextSwitch(always, at('2026-11-22T03:00:00+07:00'), probolinggo)).toBeUndefined();
  });

  it('keeps its last level where the sun neither rises nor sets', () => {
    const north = { place: { lat: 80, lng: 20 }, timezone: 'UTC' };
    expect(levelAt(sunProgramme, at('2026-12-22T12:00:00Z'), north)).toBe(0);
    expect(nextSwitch(sunProgramme, at('2026-12-22T12:00:00Z'), north)).toBeUndefined();
  });

  const anySwitch: fc.Arbitrary<LampSwitch> = fc.record({
    at: fc.oneof(
      fc.record({ sun: fc.constantFrom('sunset' as const, 'sunrise' as const), offsetMinutes: fc.integer({ min: -180, max: 180 }) }), // prettier-ignore
      fc.record({ clock: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((two) => two.map((one) => String(one).padStart(2, '0')).join(':')) }), // prettier-ignore
    ),
    levelPercent: fc.integer({ min: 0, max: 100 }),
  });
  const anyProgramme = fc.record({ switches: fc.array(anySwitch, { minLength: 1, maxLength: 12 }) });
  const anyMoment = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2029-01-01T00:00:00Z') });

  it('keeps one level from a switch to the next, and then has the one it named', () => {
    fc.assert(
      fc.property(anyProgramme, anyMoment, fc.double({ min: 0, max: 1, noNaN: true }), (programme, nowMs, share) => {
        const next = nextSwitch(programme, nowMs, probolinggo);
        const now = levelAt(programme, nowMs, probolinggo);
        if (next === undefined) {
          expect(levelAt(programme, nowMs + 86_400_000, probolinggo)).toBe(now);
          return;
        }
        expect(next.atMs).toBeGreaterThan(nowMs);
        const between = nowMs + Math.floor((next.atMs - 1 - nowMs) * share);
        expect(levelAt(programme, between, probolinggo)).toBe(now);
        expect(next.levelPercent).not.toBe(now);
      }),
      { numRuns: 150 },
    );
  });

  it('has the same switches whether they are asked for at once or day by day', () => {
    fc.assert(
      fc.property(anyProgramme, anyMoment, fc.integer({ min: 1, max: 172_800_000 }), (programme, fromMs, spanMs) => {
        const middleMs = fromMs + Math.floor(spanMs / 2);
        const toMs = fromMs + spanMs;
        const whole = switchesBetween(programme, { fromMs, toMs }, probolinggo);
        const parts = [
          ...switchesBetween(programme, { fromMs, toMs: middleMs }, probolinggo),
          ...switchesBetween(programme, { fromMs: middleMs, toMs }, probolinggo),
        ];
        expect(parts).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('is refused with a time that no clock shows', () => {
    const night = { programmeId: 'P', name: 'Malam', switches: [{ at: { clock: '24:00' }, levelPercent: 0 }] };
    expect(LampProgramme.safeParse(night).success).toBe(false);
  });
});
