import type { AlarmChanged } from '@siaga/contracts';
import { many } from '../text/english.ts';
import type { Dictionary } from '../text/dictionary.ts';
import type { Format, Language } from '../text/format.ts';

/** What is the matter, in words; a kind that no dictionary knows yet is at least taken apart: `fuseBlown` → `fuse blown`. */
export function kindWords(kind: string, { alarms: words }: Dictionary): string {
  return words.kinds[kind] ?? kind.replaceAll(/([A-Z]|\d+)/g, ' $1').toLowerCase();
}

/** `180 lampu · 3 kamera`: how many hang below it, the most first; empty for none. */
export function affectedWords(
  affected: AlarmChanged['affected'],
  { language, text, format }: { language: Language; text: Dictionary; format: Format },
): string {
  return Object.entries(affected)
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => {
      const noun = text.alarms.things[kind] ?? kind;
      return language === 'en' ? many(format.number(count), noun) : `${format.number(count)} ${noun}`;
    })
    .join(' · ');
}
