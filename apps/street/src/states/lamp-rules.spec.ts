import { describe, expect, it } from '@jest/globals';
import type { StreetTelemetry, TalqEvent } from '@siaga/contracts';
import fc from 'fast-check';
import { lampAfter, lampSaid, lampUnheard, type LampFacts, type LampState } from './lamp-rules.ts';

/** Probolinggo is seven hours before UTC: this is 20:00 there, and four o'clock in the morning eight hours later. */
const evening = Date.parse('2026-11-22T13:00:00Z');
const noon = Date.parse('2026-11-22T05:00:00Z');
const minute = 60_000;
const facts: LampFacts = { lampId: 'L', panelId: 'A', place: { lat: -7.75, lng: 113.2 }, watt: 90, intervalS: 900 };

const report = (atMs: number, lamp: StreetTelemetry['lamp'], events: TalqEvent[] = []): StreetTelemetry => ({
  ...{ telemetryId: `r${String(atMs)}`, protocol: 'street', deviceId: 'C', thing: 'lamp:L' },
  ...{ atMs, receivedAtMs: atMs, events, ...(lamp && { lamp }) },
});
const event = (eventType: string, startEndFlag: 'start' | 'end', atMs: number): TalqEvent => ({
  ...{ eventType, startEndFlag, atMs },
});
const after = (reports: readonly StreetTelemetry[], before?: LampState): LampState => {
  const [first, ...rest] = reports;
  if (first === undefined) throw new Error('no report');
  return rest.reduce((lamp, said) => lampAfter(lamp, said, facts), lampAfter(before, first, facts));
};
const said = (reports: readonly StreetTelemetry[]) => lampSaid(after(reports));

describe('a lamp that reports', () => {
  it('gives light by its power, else by its level', () => {
    expect(said([report(evening, { activePowerW: 88 })])).toMatchObject({ light: 'lit', basis: 'measured' });
    expect(said([report(evening, { activePowerW: 1.5 })])).toMatchObject({ light: 'off', levelPercent: 0 });
    expect(said([report(evening, { levelPercent: 40 })])).toMatchObject({ light: 'lit', levelPercent: 40 });
    expect(said([report(evening, undefined)])).toMatchObject({ light: 'unknown', basis: 'none', faults: [] });
  });

  it('is dark from its last gasp on, since it said so, and lit again by what it measures, the end being lost', () => {
    const lit = report(evening, { activePowerW: 88 });
    const gasp = report(evening + minute, { supplyVoltageV: 90 }, [event('supplyLoss', 'start', evening + minute)]);
    expect(said([lit, gasp])).toMatchObject({
      ...{ light: 'off', basis: 'measured', faults: ['supplyLoss'], levelPercent: 0 },
      ...{ sinceMs: evening + minute },
    });
    const back = report(evening + 5 * minute, { activePowerW: 87 });
    expect(said([lit, gasp, back])).toMatchObject({ light: 'lit', faults: [], sinceMs: evening + 5 * minute });
  });

  it('is in no trouble when its panel takes the current away by day, until it should burn again', () => {
    const gasp = report(noon, undefined, [event('supplyLoss', 'start', noon)]);
    const lamp = after([report(noon - minute, { activePowerW: 0 }), gasp]);
    expect(lampSaid(lamp)).toMatchObject({ light: 'off', faults: [] });
    const due = lampUnheard(lamp, noon + 31 * minute, false);
    expect(lampSaid(due)).toMatchObject({ light: 'off', faults: [] });
    expect(due.dueAtMs).toBeGreaterThan(noon + 4 * 60 * minute);
    expect(lampSaid(lampUnheard(due, evening, false))).toMatchObject({ light: 'off', faults: ['supplyLoss'] });
  });

  it('is unknown, and suspected, after two intervals without a word, and known again after one', () => {
    const lamp = after([report(evening, { activePowerW: 88 })]);
    expect(lamp.dueAtMs).toBe(evening + 2 * 900_000 + 30_000);
    const silent = lampUnheard(lamp, lamp.dueAtMs, false);
    expect(lampSaid(silent)).toMatchObject({
      ...{ light: 'unknown', basis: 'none', faults: ['communicationFailure'], heardAtMs: evening },
      ...{ activePowerW: undefined, levelPercent: undefined },
    });
    const again = after([report(lamp.dueAtMs + minute, { activePowerW: 88 })], silent);
    expect(lampSaid(again)).toMatchObject({ light: 'lit', basis: 'measured', faults: [] });
  });

  it('may be silent by day when its panel is off', () => {
    const lamp = after([report(noon, { activePowerW: 0 })]);
    expect(lampSaid(lampUnheard(lamp, noon + 31 * minute, true)).faults).toEqual([]);
    expect(lampSaid(lampUnheard(lamp, noon + 31 * minute, false)).faults).toEqual(['communicationFailure']);
    expect(lampSaid(lampUnheard(lamp, evening, true)).faults).toEqual(['communicationFailure']);
  });

  it('that was told to burn and does not has failed, once that lasted', () => {
    const told = (atMs: number) => report(atMs, { activePowerW: 0, commandedPercent: 100 });
    expect(said([told(evening)]).faults).toEqual([]);
    expect(said([told(evening), told(evening + minute)]).faults).toEqual([]);
    expect(said([told(evening), told(evening + 3 * minute)])).toMatchObject({
      ...{ light: 'off', faults: ['lampFailure'], commandedPercent: 100 },
    });
    // also without a word of what it was told: at night it should burn
    const dark = (atMs: number) => report(atMs, { activePowerW: 0 });
    expect(said([dark(evening), dark(evening + 15 * minute)]).faults).toEqual(['lampFailure']);
    expect(said([dark(noon), dark(noon + 15 * minute)]).faults).toEqual([]);
  });

  it('gives another level than it was told: dimming has failed; burning when told off: its relay', () => {
    const level = (atMs: number, levelPercent: number, commandedPercent: number) =>
      report(atMs, { levelPercent, commandedPercent, activePowerW: (90 * levelPercent) / 100 });
    expect(said([level(evening, 100, 50), level(evening + 3 * minute, 100, 50)]).faults).toEqual(['dimmingFailure']);
    // less than the first bound and more than the second: as it was
    const less = level(evening + 6 * minute, 62, 50);
    expect(said([level(evening, 100, 50), level(evening + 3 * minute, 100, 50), less]).faults).toEqual([
      'dimmingFailure',
    ]);
    expect(said([level(evening, 62, 50), level(evening + 3 * minute, 62, 50)]).faults).toEqual([]);
    expect(said([level(evening, 80, 0), level(evening + 3 * minute, 80, 0)]).faults).toEqual(['relayFailure']);
  });

  it('burns by day, unless somebody told it to', () => {
    const lit = (atMs: number, more = {}) => report(atMs, { activePowerW: 88, ...more });
    expect(said([lit(noon), lit(noon + 15 * minute)]).faults).toEqual(['lampUnexpectedOn']);
    const test = { commandedPercent: 100 };
    expect(said([lit(noon, test), lit(noon + 15 * minute, test)]).faults).toEqual([]);
    expect(said([lit(noon), lit(noon + 15 * minute), report(noon + 30 * minute, { activePowerW: 0 })]).faults).toEqual(
      [],
    );
  });

  it('flickers, until half an hour of peace', () => {
    const flicker = Array.from({ length: 8 }, (_, at) =>
      report(evening + at * minute, { activePowerW: (at % 2) * 88 }),
    );
    const lamp = after(flicker);
    expect(lampSaid(lamp).faults).toEqual(['cyclingFailure']);
    const calm = (minutes: number) => report(evening + minutes * minute, { activePowerW: 88 });
    expect(lampSaid(after([calm(20)], lamp)).faults).toEqual(['cyclingFailure']);
    expect(lampSaid(after([calm(20), calm(40)], lamp)).faults).toEqual([]);
  });

  it('says nothing new with a report that is older than what is known', () => {
    const lamp = after([report(evening, { activePowerW: 88 })]);
    const late = after([report(evening - minute, { activePowerW: 0 })], lamp);
    expect(lampSaid(late)).toMatchObject({ light: 'lit', heardAtMs: evening });
  });
});

/** TALQ's events come in any order, twice, or not at all. */
describe('events that start and end', () => {
  const kinds = ['supplyLoss', 'highTemperature', 'leakageDetected'];
  const told = fc.record({
    eventType: fc.constantFrom(...kinds),
    startEndFlag: fc.constantFrom('start' as const, 'end' as const),
    atMs: fc.integer({ min: 0, max: 20 }).map((step) => evening - step * minute),
  });
  const reportsOf = (events: readonly TalqEvent[]) =>
    events.map((one, index) => ({ ...report(evening - 30 * minute, undefined, [one]), receivedAtMs: evening + index }));

  it('hold when the newest word is a start, in whatever order and however often they are heard', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()), (events, noise) => {
        const [...order] = noise.take(events.length);
        const shuffled = events
          .map((one, index) => ({ one, place: order[index] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const expected = kinds.filter((kind) => {
          const mine = events.filter(({ eventType }) => eventType === kind);
          const newestMs = Math.max(...mine.map(({ atMs }) => atMs));
          const last = mine.filter(({ atMs }) => atMs === newestMs);
          return mine.length > 0 && last.every(({ startEndFlag }) => startEndFlag === 'start');
        });
        const once = said(reportsOf(shuffled));
        expect(new Set(once.faults)).toEqual(new Set(expected));
        expect(said(reportsOf([...shuffled, ...events])).faults).toEqual(once.faults);
        expect(once.light).toBe(expected.includes('supplyLoss') ? 'off' : 'unknown');
      }),
    );
  });

  it('leave a trouble behind that is told as over, with when that was found out', () => {
    const lamp = after([
      report(evening, undefined, [event('highTemperature', 'start', evening)]),
      report(evening + minute, undefined, [event('highTemperature', 'end', evening + minute)]),
    ]);
    expect(lamp.troubles).toEqual([
      { kind: 'highTemperature', active: false, sinceMs: evening, changedAtMs: evening + minute },
    ]);
  });
});
