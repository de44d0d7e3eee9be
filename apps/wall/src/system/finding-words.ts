import { ageMs } from '../link/age.ts';
import type { Dictionary } from '../text/dictionary.ts';
import type { Format } from '../text/format.ts';
import type { Finding } from './findings.ts';

/** A finding as one short sentence. `atMs`: the moment it is told for. */
export function wordsOf(
  finding: Finding,
  { text, format, atMs }: { text: Dictionary; format: Format; atMs: number },
): string {
  const words = text.system.finding;
  const since = (fromMs: number) => format.duration(ageMs(fromMs, atMs));
  switch (finding.kind) {
    case 'missed':
      return words.missed(format.number(finding.count));
    case 'disk-full':
      return words.diskFull;
    case 'all-silent':
      return words.allSilent(since(finding.sinceMs));
    case 'silent':
      return words.silent(finding.name, since(finding.sinceMs));
    case 'not-ready':
      return words.notReady(finding.name);
    case 'lag':
      return words.lag(finding.name, format.number(finding.events));
    case 'slow':
      return words.slow(format.duration(finding.p99Ms));
    case 'dead-letters':
      return words.deadLetters(format.number(finding.count));
    case 'disk-low':
      return words.diskLow(format.bytes(finding.freeBytes));
    case 'no-backup':
      return words.noBackup;
    case 'old-backup':
      return words.oldBackup(since(finding.atMs));
  }
}
