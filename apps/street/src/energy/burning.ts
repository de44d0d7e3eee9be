import type { Lamp, Place } from '@siaga/contracts';
import { daysBetween } from './calendar.ts';
import { darkHoursOf } from '../sun/sun.ts';

/** What a lamp is reckoned by. */
export type Burning = Pick<Lamp, 'watt' | 'ballastFactor' | 'kind' | 'installedOn'>;

/** What lamps fed by PLN should use in [fromDay, toDay): they burn from sunset to sunrise. */
export interface Expectation {
  readonly darkHours: number;
  /** {@link kwhIn} of one lamp in the hours of darkness since it was installed; none of a solar one. */
  readonly kwhOf: (lamp: Burning) => number;
}

/** kWh of one lamp that burns so many hours: watt × ballast × hours / 1000. */
export const kwhIn = ({ watt, ballastFactor = 1 }: Pick<Burning, 'watt' | 'ballastFactor'>, hours: number): number =>
  (watt * ballastFactor * hours) / 1000;

/** Hours of darkness are computed once for all lamps: within a city they differ by seconds. */
export function expectationOf({ fromDay, toDay }: { fromDay: string; toDay: string }, place: Place): Expectation {
  const days = daysBetween(fromDay, toDay);
  /** From each day on, to the end. */
  const left = new Map<string, number>();
  let hours = 0;
  for (const day of days.toReversed()) {
    hours += darkHoursOf(day, place);
    left.set(day, hours);
  }
  const darkHours = hours;
  const since = (installedOn = fromDay) =>
    installedOn <= fromDay ? darkHours : installedOn >= toDay ? 0 : (left.get(installedOn) ?? 0);
  return {
    darkHours,
    kwhOf: (lamp) => (lamp.kind === 'solar' ? 0 : kwhIn(lamp, since(lamp.installedOn))),
  };
}
