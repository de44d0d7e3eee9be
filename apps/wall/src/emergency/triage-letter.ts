import type { TriageTag } from '@siaga/contracts';

const letters: Record<TriageTag, string> = { red: 'M', yellow: 'K', green: 'H', black: '0' };

/** Triage for who does not tell colours apart: merah, kuning, hijau, nol; a dash where nobody has asked. */
export const letterOf = (tag: TriageTag | undefined): string => (tag === undefined ? '–' : letters[tag]);
