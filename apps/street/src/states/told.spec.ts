import { describe, expect, it } from '@jest/globals';
import { toldDaylight } from '../sun/daylight.ts';
import { lampAfter, lampSaid, type LampFacts } from './lamp-rules.ts';
import { panelAfter, panelSaid, type PanelFacts } from './panel-rules.ts';

const noon = Date.parse('2026-11-22T05:00:00Z');
const minute = 60_000;
const place = { lat: -7.75, lng: 113.2 };
type Report = Parameters<typeof lampAfter>[1];
const report = (atMs: number, said: object): Report =>
  ({ telemetryId: 'r', protocol: 'street', deviceId: 'C', thing: 'lamp:L', atMs, receivedAtMs: atMs, events: [], ...said }) as unknown as Report; // prettier-ignore
const loss = (atMs: number) => [{ eventType: 'supplyLoss', startEndFlag: 'start' as const, atMs }];

describe('what a thing is told', () => {
  it('is the night of a simulated one, and nothing to a real one', () => {
    expect([toldDaylight(true, true), toldDaylight(true, false), toldDaylight(true, undefined)]).toEqual([
      'night',
      'day',
      undefined,
    ]);
    expect([toldDaylight(false, true), toldDaylight(undefined, true)]).toEqual([undefined, undefined]);
  });

  it.each([
    [true, ['supplyLoss']],
    [false, []],
  ])('makes the loss of current at noon a trouble of a lamp: simulated %s', (simulated, faults) => {
    const facts: LampFacts = { lampId: 'L', place, watt: 90, intervalS: 900, simulated };
    const lit = lampAfter(undefined, report(noon, { lamp: { commandedPercent: 100, activePowerW: 88 } }), facts);
    const dark = lampAfter(lit, report(noon + minute, { events: loss(noon + minute) }), facts);
    expect(lampSaid(dark)).toMatchObject({ light: 'off', faults });
  });

  it.each([
    [true, []],
    [false, ['switchingErrorOn']],
  ])('lets a panel feed its lamps at noon: simulated %s', (simulated, faults) => {
    const facts: PanelFacts = { panelId: 'A', place, intervalS: 60, simulated };
    const panel = { contactor: 'closed', commanded: 'closed' } as const;
    const first = panelAfter(undefined, report(noon, { panel }), facts);
    const later = panelAfter(first, report(noon + 11 * minute, { panel }), facts);
    expect(panelSaid(later)).toMatchObject({ light: 'lit', faults });
  });
});
