import type { LampOverrideChanged } from '@siaga/contracts';

/** What is switched by hand now, of one lamp or panel: `lamp:PJU-1`; the last taken has it. A lamp is also under its panel’s. */
export function heldBy(
  overrides: readonly LampOverrideChanged[],
  things: readonly string[],
): LampOverrideChanged | undefined {
  return overrides.find(
    ({ phase, things: theirs }) => phase !== 'over' && things.some((thing) => theirs.includes(thing)),
  );
}
