import type { ImportFinding } from '@siaga/contracts';
import { idOfRow, type Kind, type Row, type StoredThing } from './kind.ts';
import { mayChange } from './owners.ts';

/** Told by name up to so many. */
const NAMED = 20;

/** A line of a sheet. */
interface Line {
  readonly line: number;
  readonly values: Row;
}

/** What a sheet's lines belong to and nobody registered: what can be made of what they say, and what is told. */
export interface Strangers {
  /** Things of the parent kind. */
  readonly made: readonly Row[];
  readonly errors: readonly ImportFinding[];
  readonly warnings: readonly ImportFinding[];
}

/** The names that lines give to what they belong to, with the first line of each. */
export function namesIn({ parent }: Kind, lines: readonly Line[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const { line, values } of lines) {
    const named = parent && values[parent.field];
    if (typeof named === 'string' && !names.has(named)) names.set(named, line);
  }
  return names;
}

/** A name nobody registered is taken, because sheets come in any order; what lines say of it, they must say alike. */
export function strangersIn(kind: Kind, lines: readonly Line[], unknown: ReadonlyMap<string, number>): Strangers {
  const { parent } = kind;
  if (parent === undefined || unknown.size === 0) return { made: [], errors: [], warnings: [] };
  const column = kind.sheet.columns[parent.field]?.headings.id ?? parent.field;
  const made = new Map<string, Row>();
  const errors: ImportFinding[] = [];
  for (const { line, values } of lines) {
    const named = values[parent.field];
    const said = parent.inRow?.(values);
    if (typeof named !== 'string' || said === undefined || !unknown.has(named)) continue;
    const before = made.get(named);
    if (before === undefined) made.set(named, said);
    else if (JSON.stringify(before) !== JSON.stringify(said))
      errors.push({
        line,
        column,
        message: `${column} ${named} disebut berbeda di baris ${firstOf(unknown, named)}. Samakan.`,
      });
  }
  const told = (names: readonly string[], sentence: (name: string) => string, more: string) => [
    ...names.slice(0, NAMED).map((name) => ({ line: unknown.get(name) ?? 1, column, message: sentence(name) })),
    ...(names.length > NAMED
      ? [{ line: 1, column, message: `${(names.length - NAMED).toLocaleString('id-ID')} ${more}` }]
      : []),
  ];
  const left = [...unknown.keys()].filter((name) => !made.has(name));
  const warnings = [
    ...told(
      left,
      (name) => `${column} ${name} belum terdaftar. Impor juga daftar ${parent.kind.sheet.name}.`,
      `${column} lain juga belum terdaftar.`,
    ),
    ...told(
      [...made.keys()],
      (name) => `${column} ${name} ikut didaftarkan${detail(made.get(name))}.`,
      `${column} lain ikut didaftarkan.`,
    ),
  ];
  return { made: [...made.values()], errors, warnings };
}

const firstOf = (lines: ReadonlyMap<string, number>, name: string) => String(lines.get(name) ?? 1);

/** What of it people should look at. */
function detail(row: Row | undefined): string {
  const { idpel, supply } = (row ?? {}) as { idpel?: string; supply?: string };
  const guessed = supply === 'estimated' ? '; dianggap taksasi sampai diubah' : '';
  return idpel === undefined ? guessed : ` dengan IDPEL ${idpel}${guessed}`;
}

/** Lines in another agency's name, or about a thing of another's, which is told as a taken id: nothing of it is said. */
export function foreignIn(
  kind: Kind,
  lines: readonly Line[],
  known: ReadonlyMap<string, StoredThing>,
): readonly ImportFinding[] {
  if (kind.owned === undefined) return [];
  const column = kind.sheet.columns['owner']?.headings.id ?? 'owner';
  return lines.flatMap(({ line, values }) => {
    if (!mayChange(kind, values)) return [{ line, column, message: `${column} bukan OPD Anda. Isi OPD Anda sendiri.` }];
    const id = idOfRow(kind, values);
    const before = known.get(id);
    if (before === undefined || mayChange(kind, before)) return [];
    return [{ line, message: `ID ${id} sudah dipakai OPD lain. Pilih ID lain.` }];
  });
}
