import type { IncidentLogged } from '@siaga/contracts';

/** Lines as things happened; those of one aggregate at the same millisecond in the order of its changes. */
export const inOrder = (lines: readonly IncidentLogged[]): IncidentLogged[] =>
  lines.toSorted((one, other) => one.atMs - other.atMs || byEntry(one.entryId, other.entryId));

/** `TLP-7K2M9QXA#9` before `TLP-7K2M9QXA#10`, and that before `TLP-7K2M9QXA#10.1`. */
function byEntry(one: string, other: string): number {
  const [of, change, part] = numbered(one);
  const [ofOther, changeOfOther, partOfOther] = numbered(other);
  if (of !== ofOther) return of < ofOther ? -1 : 1;
  return change - changeOfOther || part - partOfOther;
}

function numbered(entryId: string): [string, number, number] {
  const [of = '', numbers = ''] = entryId.split('#');
  const [change = '', part = '0'] = numbers.split('.');
  return [of, Number(change), Number(part)];
}
