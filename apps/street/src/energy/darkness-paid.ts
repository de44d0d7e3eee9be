import type { EnergyFinding, Lamp, PanelSupply } from '@siaga/contracts';
import type { LampDarkness } from '../darkness/darkness.ts';
import { kwhIn, type Burning } from './burning.ts';
import { moneyThresholds } from './money-thresholds.ts';

type Named = Pick<Lamp, 'lampId' | 'panelId'>;

/** What was heard of lamps in a month: how long they were dark at night, and of whom nothing could be heard. */
export interface MonthDarkness {
  /** By lampId. */
  readonly dark: ReadonlyMap<string, LampDarkness>;
  /** Whether somebody speaks for the lamp: its own controller, or its panel's. */
  readonly isHeard: (lamp: Named) => boolean;
}

/** What the lamps of a connection did not use because they were dark; undefined where nobody speaks for any of them. */
export interface Unburnt {
  /** Lamps say so themselves. */
  readonly measuredKwh: number;
  /** Their panel says that its current is gone. */
  readonly inferredKwh: number;
  /** Hours of all lamps together. */
  readonly lampHours: number;
}

/** Never more than the lamps should have used: who was installed later was not dark before. */
export function unburntOf(
  lamps: readonly (Named & Burning)[],
  { dark, isHeard }: MonthDarkness,
  kwhOf: (lamp: Burning) => number,
): Unburnt | undefined {
  if (!lamps.some(isHeard)) return undefined;
  let [measuredKwh, inferredKwh, lampHours] = [0, 0, 0];
  for (const lamp of lamps) {
    const of = dark.get(lamp.lampId);
    if (of === undefined || lamp.kind === 'solar') continue;
    const hours = (of.measuredMs + of.inferredMs) / HOUR_MS;
    const kwh = kwhIn(lamp, hours);
    const share = kwh === 0 ? 0 : Math.min(1, kwhOf(lamp) / kwh);
    measuredKwh += kwhIn(lamp, of.measuredMs / HOUR_MS) * share;
    inferredKwh += kwhIn(lamp, of.inferredMs / HOUR_MS) * share;
    lampHours += hours * share;
  }
  return { measuredKwh, inferredKwh, lampHours };
}

const HOUR_MS = 3_600_000;

/** A bill for light that was not there; undefined when nobody can tell, or when it was taken off the bill. */
export function paidButDark(
  { supply, billedKwh, expectedKwh }: { supply: PanelSupply; billedKwh: number | undefined; expectedKwh: number },
  unburnt: Unburnt | undefined,
): (Pick<EnergyFinding, 'kind' | 'basis' | 'atStakeKwh'> & { numbers: Paid }) | undefined {
  if (unburnt === undefined || billedKwh === undefined || supply === 'solar') return undefined;
  const { measuredKwh, inferredKwh, lampHours } = unburnt;
  const { darkOfExpected, billedOfBurnt, meteredOfBurnt } = moneyThresholds['paid-but-dark'];
  const darkKwh = measuredKwh + inferredKwh;
  if (darkKwh === 0 || darkKwh < expectedKwh * darkOfExpected) return undefined;
  const burntKwh = Math.max(0, expectedKwh - darkKwh);
  if (billedKwh <= burntKwh * (supply === 'metered' ? meteredOfBurnt : billedOfBurnt)) return undefined;
  return {
    ...{ kind: 'paid-but-dark', basis: inferredKwh === 0 ? 'measured' : 'estimated' },
    // what else is too high on the bill is another finding
    atStakeKwh: Math.min(darkKwh, billedKwh - burntKwh),
    numbers: { expectedKwh, darkKwh, darkLampHours: lampHours },
  };
}

interface Paid {
  expectedKwh: number;
  darkKwh: number;
  darkLampHours: number;
}
