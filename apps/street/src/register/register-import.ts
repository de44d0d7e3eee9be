import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, type ImportFinding, type ImportReport } from '@siaga/contracts';
import {
  planImport,
  planUndo,
  readRegister,
  reportOf,
  type ImportRecord,
  type RegisterFile,
  type Step,
} from '@siaga/registers';
import { currentContext } from '@siaga/service';
import { kinds } from '../kinds.ts';
import { ImportsStore } from './imports.store.ts';
import { idOf, idOfRow, lineOf, type Kind, type Row, type StoredThing } from './kind.ts';
import { OutsideNames } from './outside-names.ts';
import { mayChange } from './owners.ts';
import { foreignIn, namesIn, strangersIn } from './strangers.ts';
import { Things } from './things.store.ts';

/** What was changed since is told by name up to so many. */
const NAMED = 20;

/** Imports a register from a spreadsheet, and takes an import back. */
@Injectable()
export class RegisterImport {
  constructor(
    private readonly things: Things,
    private readonly imports: ImportsStore,
    private readonly outside: OutsideNames,
  ) {}

  /** With any error, and on a dry run, nothing is written. An import that broke off is finished by importing again. */
  async run(kind: Kind, file: RegisterFile, dryRun: boolean): Promise<ImportReport> {
    const read = readRegister(kind.sheet, file);
    const lines = read.rows.map(({ line, values }) => ({ line, values: values }));
    const rows = lines.map((row) => ({ ...row, values: plain(kind, row.values) }));
    const ids = rows.map(({ values }) => idOfRow(kind, values));
    const known = await this.things.known(kind, ids);
    const plan = planImport(kind.sheet, linesOf(kind, known), rows as never);
    const strangers = strangersIn(kind, lines, await this.#unknownIn(kind, lines));
    const others = await this.#othersIn(kind, lines);
    const reading = {
      ...read,
      errors: [
        ...[...read.errors, ...foreignIn(kind, lines, known), ...strangers.errors],
        ...this.outside.errorsIn(kind, lines, known),
      ],
      warnings: [...read.warnings, ...strangers.warnings, ...others],
    };
    const isNothing = plan.steps.length === 0 && strangers.made.length === 0;
    if (dryRun || reading.errors.length > 0 || isNothing) return reportOf(reading, plan);
    const importId = randomUUID();
    const by = currentContext().principal.id;
    // before the things: also an import that breaks off can be looked up
    const record = { importId, atMs: Date.now(), by, fileName: file.name, steps: plan.steps };
    const { parent } = kind;
    const made = parent && strangers.made.map((thing) => ({ key: idOf(parent.kind, thing), after: thing }));
    await this.imports.keep({ of: kind.name, ...record, made });
    if (parent !== undefined) await this.things.write(parent.kind, strangers.made, new Map());
    const things = plan.steps.map(({ after }) => kind.thingOf(after));
    await this.things.write(kind, things, known);
    return reportOf(reading, plan, importId);
  }

  /** `conflict` names what was changed since; then nothing is written. */
  async undo(importId: string): Promise<{ removed: number; restored: number }> {
    const record = await this.imports.get(importId);
    const kind = kinds.find(({ name }) => name === record.of);
    if (kind === undefined) throw new Error(`an import of ${record.of}`);
    const known = await this.things.known(
      kind,
      record.steps.map(({ key }) => key),
    );
    if ([...known.values()].some((thing) => !mayChange(kind, thing)))
      throw new Fault('not-found', `impor ${importId} tidak ada, atau bukan milik OPD Anda · not your agency’s`);
    const { remove, restore, conflicts } = planUndo(record, linesOf(kind, known));
    if (conflicts.length > 0) throw new Fault('conflict', changedSince(conflicts));
    await this.things.removeAll(
      kind,
      remove.flatMap((id) => known.get(id) ?? []),
    );
    const things = restore.map(({ row }) => kind.thingOf(row));
    await this.things.write(kind, things, known);
    if (kind.parent !== undefined) await this.#unmake(kind.parent.kind, record.made ?? []);
    await this.imports.markUndone(importId);
    return { removed: remove.length, restored: restore.length };
  }

  /** What the import registered beside its lines leaves, unless somebody has changed it, or uses it, since. */
  async #unmake(kind: Kind, made: readonly Step<Row>[]): Promise<void> {
    const known = await this.things.known(
      kind,
      made.map(({ key }) => key),
    );
    const { remove } = planUndo({ steps: made } as ImportRecord<Row>, linesOf(kind, known));
    for (const id of remove) {
      const thing = known.get(id);
      if (thing !== undefined && (await this.things.usesOf(kind, id)).length === 0)
        await this.things.removeAll(kind, [thing]);
    }
  }

  /** What lines name beside their parent and nobody registered: told. */
  async #othersIn(kind: Kind, lines: readonly { line: number; values: Row }[]): Promise<ImportFinding[]> {
    const found: ImportFinding[] = [];
    for (const parent of kind.alsoOf ?? []) {
      const naming = { ...kind, parent };
      found.push(...strangersIn(naming, lines, await this.#unknownIn(naming, lines)).warnings);
    }
    return found;
  }

  async #unknownIn(kind: Kind, lines: readonly { line: number; values: Row }[]): Promise<Map<string, number>> {
    const names = namesIn(kind, lines);
    if (kind.parent === undefined || names.size === 0) return new Map();
    const known = await this.things.known(kind.parent.kind, [...names.keys()]);
    return new Map([...names].filter(([name]) => !known.has(name)));
  }
}

function linesOf(kind: Kind, known: ReadonlyMap<string, StoredThing>): Map<string, never> {
  return new Map([...known].map(([id, document]) => [id, lineOf(kind, document) as never]));
}

/** A line with what is so by default left out, as registered lines leave it out; a cell left empty stays one. */
function plain(kind: Kind, row: Row): Row {
  const kept = kind.rowOf(kind.thingOf(row));
  return Object.fromEntries(Object.keys(row).map((field) => [field, kept[field]]));
}

function changedSince(ids: readonly string[]): string {
  const more = ids.length > NAMED ? ` dan ${(ids.length - NAMED).toLocaleString('id-ID')} lainnya` : '';
  return `tidak dibatalkan, karena sudah diubah sejak impor: ${ids.slice(0, NAMED).join(', ')}${more}`;
}
