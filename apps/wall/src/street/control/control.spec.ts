import { describe, expect, it } from '@jest/globals';
import { LampProgramme, sunProgramme, type LampOverrideChanged } from '@siaga/contracts';
import { chosenOf, namedIn, thingsIn } from './chosen.ts';
import { heldBy } from './held-by.ts';
import { linesOf, switchesIn } from './switch-lines.ts';

const id = { sunset: 'terbenam', sunrise: 'terbit' };

describe('a programme as people write it', () => {
  it('is read, whatever language and with a dot or a colon', () => {
    const text = 'terbenam -10 100\n22.00 50\n\n4:30 100%\nsunrise 0';
    const switches = switchesIn(text);
    expect(switches).toEqual([
      { at: { sun: 'sunset', offsetMinutes: -10 }, levelPercent: 100 },
      { at: { clock: '22:00' }, levelPercent: 50 },
      { at: { clock: '04:30' }, levelPercent: 100 },
      { at: { sun: 'sunrise', offsetMinutes: 0 }, levelPercent: 0 },
    ]);
    expect(LampProgramme.safeParse({ programmeId: 'P', name: 'P', switches }).success).toBe(true);
  });

  it('is written so that it is read again', () => {
    expect(linesOf(sunProgramme.switches, id)).toBe('terbenam 0 100\nterbit 0 0');
    expect(switchesIn(linesOf(sunProgramme.switches, id))).toEqual(sunProgramme.switches);
  });

  it.each(['25:00 50', '22:00', 'senja 50', '22:00 101', 'terbit 200 0', '22:00 5 50'])('has no %s', (line) => {
    expect(switchesIn(`terbenam 100\n${line}`)).toEqual({ wrong: line });
  });
});

describe('what somebody chose', () => {
  it('is ids with whatever he wrote between them', () => {
    const chosen = { lamps: ' PJU-1, PJU-2;PJU-3 ,', panels: 'APP-1', kelurahanCode: '' };
    expect(namedIn(chosen)).toEqual({ lampIds: ['PJU-1', 'PJU-2', 'PJU-3'], panelIds: ['APP-1'], kelurahanCodes: [] });
    expect(thingsIn(chosen)[0]).toBe('panel:APP-1');
    expect(namedIn(chosenOf('panel:APP-1'))).toMatchObject({ lampIds: [], panelIds: ['APP-1'] });
    expect(thingsIn(chosenOf(undefined))).toEqual([]);
  });
});

describe('who holds a lamp', () => {
  const override = (overrideId: string, over: Partial<LampOverrideChanged>): LampOverrideChanged => ({
    ...{ overrideId, levelPercent: 0, by: 'p1', takenAtMs: 1, untilMs: 2, phase: 'active', things: [], version: 1 },
    tally: { waiting: 0, sent: 0, confirmed: 0, failed: 0, timedOut: 0, replaced: 0 },
    ...{ changedAtMs: 1, ...over },
  });

  it('is the override in force on it or its panel, and none that is over', () => {
    const some = [
      override('PRL-3', { things: ['lamp:L'], phase: 'over' }),
      override('PRL-2', { things: ['panel:P'], phase: 'restoring' }),
      override('PRL-1', { things: ['lamp:M'] }),
    ];
    expect(heldBy(some, ['lamp:L'])).toBeUndefined();
    expect(heldBy(some, ['lamp:L', 'panel:P'])?.overrideId).toBe('PRL-2');
    expect(heldBy(some, ['lamp:M'])?.overrideId).toBe('PRL-1');
  });
});
