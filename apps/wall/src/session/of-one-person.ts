/** What a device keeps whoever has it in his hand; everything else of ours on it is of the one who is signed in. */
const ofTheDevice: ReadonlySet<string> = new Set(['siaga.language', 'siaga.alarm-sound', 'siaga.city']);
const PRESSES = 'siaga.steps.';
const SEEN = 'siaga.seen.';

/** The name under which a device keeps what the city told the one who is signed in, for where nothing answers. */
export const seenName = (what: string) => `${SEEN}${what}`;

type Kept = Pick<Storage, 'length' | 'key' | 'getItem' | 'removeItem'>;

/** Presses and pictures that wait for a signal on this device: they would be lost with who signs out. */
export function countUnsent(kept: Kept): number {
  return namesIn(kept)
    .filter((name) => name.startsWith(PRESSES))
    .reduce((sum, name) => sum + lengthOf(kept.getItem(name)), 0);
}

/** Nothing of a person stays for whoever has the device next. */
export function forgetPerson(kept: Kept): void {
  for (const name of namesIn(kept)) if (name.startsWith('siaga.') && !ofTheDevice.has(name)) kept.removeItem(name);
}

/** Nobody is signed in any more, the city says: what he saw goes; what he pressed waits for him to come back. */
export function forgetSeen(kept: Kept): void {
  for (const name of namesIn(kept)) if (name.startsWith(SEEN)) kept.removeItem(name);
}

const namesIn = (kept: Kept) => Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? '');

function lengthOf(text: string | null): number {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read.length : 0;
  } catch {
    return 0;
  }
}
