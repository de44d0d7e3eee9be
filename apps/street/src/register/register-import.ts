import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault, type ImportFinding, type ImportReport } from '@siaga/contracts';
import { planImport, planUndo, readRegister, reportOf, type RegisterFile } from '@siaga/registers';
import { currentContext } from '@siaga/service';
import { kinds } from '../kinds.ts';
import { ImportsStore } from './imports.store.ts';
import { idOfRow, lineOf, type Kind, type Row, type StoredThing } from './kind.ts';
import { Things } from './things.store.ts';

/** Names in a sheet that nobody registered are told by name up to so many. */
const NAMED = 20;

/** Imports a register from a spreadsheet, and takes an import back. */
@Injectable()
export class RegisterImport {
  constructor(
    private readonly things: Things,
    private readonly imports: ImportsStore,
  ) {}

  /** With any error, and on a dry run, nothing is written. An import that broke off is finished by importing again. */
  async run(kind: Kind, file: RegisterFile, dryRun: boolean): Promise<ImportReport> {
    const read = readRegister(kind.sheet, file);
    const rows = read.rows.map((row) => ({ ...row, values: plain(kind, row.values as Row) }));
    const ids = rows.map(({ values }) => idOfRow(kind, values));
    const known = await this.things.known(kind, ids);
    const plan = planImport(kind.sheet, linesOf(kind, known), rows as never);
    const reading = { ...read, warnings: [...read.warnings, ...(await this.#strangers(kind, rows))] };
    if (dryRun || reading.errors.length > 0 || plan.steps.length === 0) return reportOf(reading, plan);
    const importId = randomUUID();
    const by = currentContext().principal.id;
    // before the things: also an import that breaks off can be looked up
    const record = { importId, atMs: Date.now(), by, fileName: file.name, steps: plan.steps };
    await this.imports.keep({ of: kind.name, ...record });
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
    const { remove, restore, conflicts } = planUndo(record, linesOf(kind, known));
    if (conflicts.length > 0) throw new Fault('conflict', changedSince(conflicts));
    await this.things.removeAll(
      kind,
      remove.flatMap((id) => known.get(id) ?? []),
    );
    const things = restore.map(({ row }) => kind.thingOf(row));
    await this.things.write(kind, things, known);
    await this.imports.markUndone(importId);
    return { removed: remove.length, restored: restore.length };
  }

  /** What the sheet names and no register has: it is taken, because sheets come in any order, and told. */
  async #strangers(kind: Kind, rows: readonly { line: number; values: Row }[]): Promise<ImportFinding[]> {
    const { parent } = kind;
    if (parent === undefined) return [];
    const lines = new Map<string, number>();
    for (const { line, values } of rows) {
      const named = values[parent.field];
      if (typeof named === 'string' && !lines.has(named)) lines.set(named, line);
    }
    const known = await this.things.known(parent.kind, [...lines.keys()]);
    const column = kind.sheet.columns[parent.field]?.headings.id ?? parent.field;
    const unknown = [...lines].filter(([id]) => !known.has(id));
    const told = unknown.slice(0, NAMED).map(([id, line]) => ({
      ...{ line, column },
      message: `${column} ${id} belum terdaftar. Impor juga daftar ${parent.kind.sheet.name}.`,
    }));
    const more = unknown.length - told.length;
    if (more === 0) return told;
    const message = `Masih ada ${more.toLocaleString('id-ID')} ${column} lain yang belum terdaftar.`;
    return [...told, { line: unknown[NAMED]?.[1] ?? 1, column, message }];
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
