import { describe, expect, it } from '@jest/globals';
import { lampNow, type LampStateChanged, type PanelStateChanged } from './street-states.ts';

type LampSaid = Pick<LampStateChanged, 'light' | 'basis' | 'faults'>;
type PanelSaid = Pick<PanelStateChanged, 'light' | 'faults'>;

const said = (light: LampSaid['light'], ...faults: string[]): LampSaid => ({ light, basis: 'measured', faults });
const panel = (light: PanelSaid['light'], ...faults: string[]): PanelSaid => ({ light, faults });

describe('how a lamp is drawn and counted', () => {
  it('goes by its own word, whatever its panel says', () => {
    expect(lampNow(said('lit'), panel('off', 'supplyLoss'))).toEqual({ light: 'lit', basis: 'measured' });
    expect(lampNow(said('off'), panel('lit'))).toEqual({ light: 'off', basis: 'measured' });
  });

  it.each([
    [said('off', 'supplyLoss'), 'dark'],
    [said('off', 'lampFailure'), 'dark'],
    [said('off', 'relayFailure'), 'dark'],
    [said('off', 'highTemperature'), undefined],
    [said('lit', 'lampUnexpectedOn'), 'day-burning'],
    [said('lit', 'dimmingFailure'), undefined],
    // an event is not taken back yet, but there is light
    [said('lit', 'supplyLoss'), undefined],
    [said('unknown', 'communicationFailure'), 'suspected'],
    [said('unknown'), undefined],
  ] as const)('%j is in trouble: %s', (lamp, trouble) => {
    expect(lampNow(lamp, undefined).trouble).toBe(trouble);
  });

  it('is concluded from its panel when it has no word of its own, and marked so', () => {
    expect(lampNow(undefined, panel('lit'))).toEqual({ light: 'lit', basis: 'inferred' });
    expect(lampNow(undefined, panel('off'))).toEqual({ light: 'off', basis: 'inferred' });
    expect(lampNow(undefined, panel('off', 'supplyLoss'))).toEqual({
      ...{ light: 'off', basis: 'inferred', trouble: 'dark' },
    });
    for (const fault of ['circuitBreakerTripped', 'switchingErrorOff'])
      expect(lampNow(undefined, panel('off', fault)).trouble).toBe('dark');
    expect(lampNow(undefined, panel('lit', 'switchingErrorOn')).trouble).toBe('day-burning');
  });

  it('is unknown, and no suspicion, where nothing tells of it', () => {
    expect(lampNow(undefined, undefined)).toEqual({ light: 'unknown', basis: 'none' });
    // a silent panel says nothing of lamps that were never heard of
    expect(lampNow(undefined, panel('unknown', 'communicationFailure'))).toEqual({ light: 'unknown', basis: 'none' });
  });
});
