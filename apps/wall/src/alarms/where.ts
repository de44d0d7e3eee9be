import type { AlarmChanged, Place } from '@siaga/contracts';
import { kelurahan, kelurahanAt } from '@siaga/geo';

/** More names than that say nothing on one line. */
const mostNamed = 2;

const names = new Map<string, string>();

function nameOf(code: string): string {
  if (names.size === 0) for (const one of kelurahan()) names.set(one.code, one.name);
  return names.get(code) ?? code;
}

/** The kelurahan an alarm and what hangs below it lie in, by name; those of its own place when the desk names none. */
export function kelurahanOf({ kelurahanCodes, place }: Pick<AlarmChanged, 'kelurahanCodes' | 'place'>): string[] {
  if (kelurahanCodes.length > 0) return kelurahanCodes.map(nameOf);
  const own = place === undefined ? undefined : kelurahanAt(place)?.name;
  return own === undefined ? [] : [own];
}

/** `Pilang, Kademangan + 2`; undefined for an alarm of no place, as one of a process is. */
export function whereIs(alarm: Pick<AlarmChanged, 'kelurahanCodes' | 'place'>): string | undefined {
  const all = kelurahanOf(alarm);
  if (all.length === 0) return undefined;
  const rest = all.length - mostNamed;
  return all.slice(0, mostNamed).join(', ') + (rest > 0 ? ` + ${String(rest)}` : '');
}

/** Where on the map to look for it: the middle of its area, else its own place. */
export function middleOf({ area, place }: Pick<AlarmChanged, 'area' | 'place'>): Place | undefined {
  if (area === undefined) return place;
  return { lat: (area.south + area.north) / 2, lng: (area.west + area.east) / 2 };
}
