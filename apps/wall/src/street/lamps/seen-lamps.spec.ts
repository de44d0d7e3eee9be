import { describe, expect, it } from '@jest/globals';
import {
  LampRegistered,
  LampStateChanged,
  lampNow,
  PanelRegistered,
  PanelStateChanged,
  type LightBasis,
  type Light,
} from '@siaga/contracts';
import { lampDiff } from './lamp-features.ts';
import { seeLamps, type LampNews } from './seen-lamps.ts';

const nowMs = 1_800_000_000_000;
const place = { lat: -7.755, lng: 113.19 };

interface Said {
  light: Light;
  faults?: string[];
  basis?: LightBasis;
  heardAgoMs?: number;
}

const times = ({ heardAgoMs = 1000 }: Said) => ({
  sinceMs: nowMs - 60_000,
  heardAtMs: nowMs - heardAgoMs,
  changedAtMs: nowMs - 1000,
});

function newsOf(
  lamps: Record<string, { panelId?: string; says?: Said; lat?: number }>,
  panels: Record<string, Said> = {},
): LampNews {
  const item = <Data>(data: Data) => ({ data, exercise: false });
  const tally = { measured: 0, inferred: 0 };
  return {
    registered: new Map(
      Object.entries(lamps).map(([lampId, { panelId, lat = place.lat }]) => [
        lampId,
        item(
          LampRegistered.data.parse({
            ...{ lampId, panelId, kind: 'grid', watt: 90, place: { ...place, lat }, changedAtMs: 1 },
          }),
        ),
      ]),
    ),
    states: new Map(
      Object.entries(lamps).flatMap(([lampId, { says }]) =>
        says === undefined
          ? []
          : [
              [
                lampId,
                item(
                  LampStateChanged.data.parse({
                    ...{ lampId, place, light: says.light, basis: says.basis ?? 'measured' },
                    ...{ faults: says.faults ?? [], ...times(says) },
                  }),
                ),
              ],
            ],
      ),
    ),
    panels: new Map<string, { data: PanelRegistered; exercise: boolean }>(),
    panelStates: new Map(
      Object.entries(panels).map(([panelId, says]) => [
        panelId,
        item(
          PanelStateChanged.data.parse({
            ...{ panelId, supply: 'unknown', light: says.light, faults: says.faults ?? [], ...times(says) },
            lamps: { lit: tally, off: tally, dark: tally, suspected: 0, unknown: 0 },
          }),
        ),
      ]),
    ),
  };
}

describe('lamps as a screen sees them', () => {
  it('are counted by what said so: measured, inferred, or nothing at all', () => {
    const { counts, lamps } = seeLamps(
      newsOf(
        {
          own: { says: { light: 'lit' } },
          ownDark: { panelId: 'P', says: { light: 'off', faults: ['lampFailure'] } },
          byPanel: { panelId: 'P' },
          alone: {},
          silent: { panelId: 'P', says: { light: 'unknown', basis: 'none', faults: ['communicationFailure'] } },
          sun: { says: { light: 'lit', faults: ['lampUnexpectedOn'] } },
        },
        { P: { light: 'lit' } },
      ),
      nowMs,
    );
    expect(counts).toEqual({
      ...{ registered: 6, monitored: 5, old: 0, unknown: 0, suspected: 1, dayBurning: 1 },
      lit: { measured: 2, inferred: 1 },
      dark: { measured: 1, inferred: 0 },
      off: { measured: 0, inferred: 0 },
    });
    expect([...lamps.values()].map(({ look }) => look)).toEqual([
      ...['lit', 'dark', 'lit', 'unmonitored', 'suspected', 'day-burning'],
    ]);
  });

  it('whose news is too old are counted as nothing but old', () => {
    const old = { light: 'lit', heardAgoMs: (LampStateChanged.freshForMs ?? 0) + 1 } as const;
    const oldPanel = { light: 'lit', heardAgoMs: (PanelStateChanged.freshForMs ?? 0) + 1 } as const;
    const { counts, lamps } = seeLamps(newsOf({ a: { says: old }, b: { panelId: 'P' } }, { P: oldPanel }), nowMs);
    expect(counts).toMatchObject({ monitored: 2, old: 2, lit: { measured: 0, inferred: 0 } });
    expect([...lamps.values()].every(({ old: isOld, look }) => isOld && look === 'lit')).toBe(true);
  });

  it('sum up to their panel, which stands in their middle when nobody knows its place', () => {
    const { panels } = seeLamps(
      newsOf(
        {
          a: { panelId: 'P', lat: -7.75 },
          b: { panelId: 'P', lat: -7.76, says: { light: 'off', faults: ['supplyLoss'] } },
        },
        { P: { light: 'lit' } },
      ),
      nowMs,
    );
    expect(panels.get('P')).toMatchObject({ lamps: 2, lit: 1, dark: 1, suspected: 0, unmonitored: 0 });
    expect(panels.get('P')?.place?.lat).toBeCloseTo(-7.755, 9);
  });

  it('add up to what is registered, whatever is said of them, and each looks as the one rule says', () => {
    const everything = (['lit', 'off', 'unknown'] as const).flatMap((light) =>
      [[], ['supplyLoss'], ['communicationFailure'], ['lampUnexpectedOn'], ['doorOpen', 'lampFailure']].map(
        (faults, index): Said => ({ light, faults, heardAgoMs: index * 1_000_000 }),
      ),
    );
    for (const panel of [undefined, ...everything]) {
      const lamps = [undefined, ...everything].map((says) => ({ panelId: 'P', ...(says && { says }) }));
      const news = newsOf(Object.fromEntries(lamps.entries()), panel === undefined ? {} : { P: panel });
      const { counts, lamps: seen } = seeLamps(news, nowMs);
      const { lit, off, dark, suspected, unknown, old, monitored, registered } = counts;
      const sums = [lit, off, dark].reduce((sum, one) => sum + one.measured + one.inferred, 0);
      expect(registered).toBe(lamps.length);
      expect(sums + suspected + unknown + old).toBe(monitored);
      for (const { lampId, look } of seen.values()) {
        const state = news.states.get(lampId)?.data;
        const { light, trouble } = lampNow(state, news.panelStates.get('P')?.data);
        expect(look).toBe(state === undefined && panel === undefined ? 'unmonitored' : (trouble ?? light));
      }
    }
  });
});

describe('what a map is told', () => {
  const before = seeLamps(newsOf({ a: { says: { light: 'lit' } }, b: { says: { light: 'lit' } }, c: {} }), nowMs);

  it('is every lamp at first', () => {
    expect(lampDiff(new Map(), before.lamps)?.add).toHaveLength(3);
  });

  it('is nothing when nothing changed, though everything was heard anew', () => {
    const again = seeLamps(
      newsOf({ a: { says: { light: 'lit', heardAgoMs: 10 } }, b: { says: { light: 'lit' } }, c: {} }),
      nowMs,
      before,
    );
    expect(lampDiff(before.lamps, again.lamps)).toBeUndefined();
  });

  it('is the lamps that changed, and those that were taken out', () => {
    const after = seeLamps(
      newsOf({ a: { says: { light: 'off', faults: ['lampFailure'] } }, b: { says: { light: 'lit' } } }),
      nowMs,
      before,
    );
    const diff = lampDiff(before.lamps, after.lamps);
    expect(diff?.add?.map(({ properties }) => properties)).toEqual([
      { lampId: 'a', look: 'dark', old: false, approximate: false },
    ]);
    expect(diff?.remove).toEqual(['c']);
  });
});
