import { describe, expect, it } from '@jest/globals';
import type { PanelMeasures, StreetTelemetry, TalqEvent } from '@siaga/contracts';
import fc from 'fast-check';
import { feederLostSince } from './feeder-rules.ts';
import { panelAfter, panelSaid, panelUnheard, type PanelFacts, type PanelState } from './panel-rules.ts';

const evening = Date.parse('2026-11-22T13:00:00Z');
const noon = Date.parse('2026-11-22T05:00:00Z');
const minute = 60_000;
const facts: PanelFacts = { panelId: 'A', place: { lat: -7.75, lng: 113.2 }, contractedVa: 7700, intervalS: 60 };

const report = (atMs: number, panel?: PanelMeasures, events: TalqEvent[] = []): StreetTelemetry => ({
  ...{ telemetryId: `r${String(atMs)}`, protocol: 'street', deviceId: 'C', thing: 'panel:A' },
  ...{ atMs, receivedAtMs: atMs, events, ...(panel && { panel }) },
});
const after = (reports: readonly StreetTelemetry[]): PanelState => {
  const states = reports.reduce<PanelState | undefined>((panel, said) => panelAfter(panel, said, facts), undefined);
  if (states === undefined) throw new Error('no report');
  return states;
};
const said = (...reports: StreetTelemetry[]) => panelSaid(after(reports));
const volts = (voltageV: number, activePowerW = 900) => ({ phases: [{ voltageV, activePowerW }] });

describe('a panel that reports', () => {
  it('feeds its lamps by its contactor, else by its power', () => {
    expect(said(report(evening, { contactor: 'closed', ...volts(230) }))).toMatchObject({
      ...{ supply: 'present', light: 'lit', activePowerW: 900, faults: [] },
    });
    expect(said(report(noon, { contactor: 'open', ...volts(230, 5) }))).toMatchObject({
      supply: 'present',
      light: 'off',
    });
    expect(said(report(evening, volts(230)))).toMatchObject({ supply: 'present', light: 'lit' });
    expect(said(report(evening))).toMatchObject({ supply: 'unknown', light: 'unknown' });
  });

  it('loses its supply by an event, a contact or its meter, and has it again by any of them', () => {
    const on = report(evening, { contactor: 'closed', ...volts(230) });
    const lost = { supply: 'lost', light: 'off', faults: ['supplyLoss'], sinceMs: evening + minute };
    const start: TalqEvent = { eventType: 'supplyLoss', startEndFlag: 'start', atMs: evening + minute };
    for (const gone of [
      report(evening + minute, undefined, [start]),
      report(evening + minute, { supply: 'lost' }),
      report(evening + minute, volts(3)),
    ]) {
      expect(said(on, gone)).toMatchObject(lost);
      for (const back of [volts(228), { supply: 'present' as const }])
        expect(said(on, gone, report(evening + 2 * minute, back))).toMatchObject({ supply: 'present', faults: [] });
    }
  });

  it('that told why it says no more is lost, not unknown', () => {
    const lost = after([report(evening, { supply: 'lost' })]);
    expect(panelSaid(panelUnheard(lost, lost.dueAtMs))).toMatchObject({ supply: 'lost', faults: ['supplyLoss'] });
    const fine = after([report(evening, { contactor: 'closed' })]);
    expect(panelSaid(panelUnheard(fine, fine.dueAtMs))).toMatchObject({
      ...{ supply: 'unknown', light: 'unknown', faults: ['communicationFailure'] },
    });
  });

  it('tells of its door, its breaker, a hand at its switch, a leak, and too much load', () => {
    const all = { door: 'open', breaker: 'tripped', mode: 'manual', contactor: 'closed', leakageMa: 400 } as const;
    const panel = { ...all, phases: [{ voltageV: 230, activePowerW: 8000 }] };
    expect(said(report(evening, panel), report(evening + 2 * minute, panel))).toMatchObject({
      ...{ light: 'off', door: 'open', mode: 'manual' },
      faults: ['circuitBreakerTripped', 'leakageDetected', 'cabinetDoorOpen', 'currentTooHigh', 'localOverride'],
    });
  });

  it('feeds by day, or does not at night, once that lasted', () => {
    const contact = (atMs: number, contactor: 'closed' | 'open') => report(atMs, { contactor });
    expect(said(contact(noon, 'closed')).faults).toEqual([]);
    expect(said(contact(noon, 'closed'), contact(noon + 11 * minute, 'closed')).faults).toEqual(['switchingErrorOn']);
    expect(said(contact(evening, 'open'), contact(evening + 11 * minute, 'open')).faults).toEqual([
      'switchingErrorOff',
    ]);
  });
});

describe('a feeder', () => {
  const panel = (panelId: string, lostSinceMs?: number, silent = false) => ({ panelId, lostSinceMs, silent });

  it('is gone when all its panels that report, two at least, fell within ten seconds', () => {
    expect(feederLostSince([panel('A', 1000), panel('B', 9000)], undefined)).toBe(1000);
    expect(feederLostSince([panel('A', 1000)], undefined)).toBeUndefined();
    expect(feederLostSince([panel('A', 1000), panel('B')], undefined)).toBeUndefined();
    expect(feederLostSince([panel('A', 1000), panel('B', 12_000)], undefined)).toBeUndefined();
    // one that is not heard of says nothing
    expect(feederLostSince([panel('A', 1000), panel('B', 2000), panel('C', undefined, true)], undefined)).toBe(1000);
  });

  it('stays gone until one of them has current again, also when another falls later', () => {
    expect(feederLostSince([panel('A', 1000), panel('B', 2000), panel('C', 90_000)], 1000)).toBe(1000);
    expect(feederLostSince([panel('A', 1000), panel('B')], 1000)).toBeUndefined();
  });

  it('is never gone while a panel that reports has current', () => {
    const panels = fc.array(
      fc.record({
        panelId: fc.string(),
        lostSinceMs: fc.option(fc.nat(20_000), { nil: undefined }),
        silent: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(panels, fc.option(fc.nat(20_000), { nil: undefined }), (some, known) => {
        const fed = some.some(({ lostSinceMs, silent }) => lostSinceMs === undefined && !silent);
        if (fed) expect(feederLostSince(some, known)).toBeUndefined();
      }),
    );
  });
});
