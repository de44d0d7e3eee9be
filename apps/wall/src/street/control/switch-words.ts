import type { LampSwitch } from '@siaga/contracts';
import type { Dictionary } from '../../text/dictionary.ts';
import type { Format } from '../../text/format.ts';

/** `10 mnt sebelum terbenam: Nyala`, `22.00: 50 %`: one switch as it is read, not as it is written. */
export function switchWords(
  { at, levelPercent }: LampSwitch,
  { text: { control: words }, format }: { text: Dictionary; format: Format },
): string {
  const level = words.levels(levelPercent, format.number(levelPercent));
  if ('clock' in at) return `${at.clock.replace(':', words.clockMark)}: ${level}`;
  const sun = words[at.sun];
  const far = format.duration(Math.abs(at.offsetMinutes) * 60_000);
  const when = at.offsetMinutes === 0 ? words.atSun(sun) : at.offsetMinutes < 0 ? words.beforeSun(far, sun) : words.afterSun(far, sun); // prettier-ignore
  return `${when}: ${level}`;
}
