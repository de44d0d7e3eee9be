import type { LampSwitch } from '@siaga/contracts';

const suns: Readonly<Record<string, 'sunset' | 'sunrise'>> = {
  terbenam: 'sunset',
  sunset: 'sunset',
  terbit: 'sunrise',
  sunrise: 'sunrise',
};

/** Lines as people write a programme: `terbenam -10 100`, `22:00 50`. Answers the first line that cannot be read. */
export function switchesIn(text: string): LampSwitch[] | { wrong: string } {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore
  const read: LampSwitch[] = [];
  for (const line of lines) {
    const one = switchIn(line);
    if (one === undefined) return { wrong: line };
    read.push(one);
  }
  return read;
}

function switchIn(line: string): LampSwitch | undefined {
  const [, word = '', offset, level = ''] = /^(\S+)(?:\s+([+-]?\d{1,3}))?\s+(\d{1,3})\s*%?$/.exec(line) ?? [];
  const levelPercent = Number(level);
  if (level === '' || levelPercent > 100) return undefined;
  const sun = suns[word.toLowerCase()];
  if (sun !== undefined) {
    const offsetMinutes = Number(offset ?? 0);
    return Math.abs(offsetMinutes) > 180 ? undefined : { at: { sun, offsetMinutes }, levelPercent };
  }
  const clock = word.replace('.', ':').padStart(5, '0');
  return offset === undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(clock) ? { at: { clock }, levelPercent } : undefined;
}

/** The other way round; the words are those of a language. */
export function linesOf(switches: readonly LampSwitch[], words: Record<'sunset' | 'sunrise', string>): string {
  return switches
    .map(({ at, levelPercent }) =>
      'clock' in at
        ? `${at.clock} ${String(levelPercent)}`
        : `${words[at.sun]} ${at.offsetMinutes > 0 ? '+' : ''}${String(at.offsetMinutes)} ${String(levelPercent)}`,
    )
    .join('\n');
}
