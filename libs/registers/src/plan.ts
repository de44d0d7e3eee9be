import { isDeepStrictEqual } from 'node:util';
import type { ImportReport } from '@siaga/contracts';
import { keyOf, type Columns, type Register, type RowOf } from './column.ts';
import type { Reading, ReadRow } from './read-register.ts';

/** What an import would do to one line; `before` is absent for a new one. */
export interface Step<Row> {
  readonly key: string;
  readonly before?: Row;
  readonly after: Row;
}

export interface Plan<Row> {
  /** New lines and changed ones, in the order of the file. */
  readonly steps: readonly Step<Row>[];
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Compares a file with what is registered, by key. A column the file lacks leaves what is registered; a cell left empty
 * clears it. Lines that are registered but not in the file stay.
 */
export function planImport<All extends Columns>(
  register: Register<All>,
  existing: ReadonlyMap<string, RowOf<All>>,
  rows: readonly ReadRow<All>[],
): Plan<RowOf<All>> {
  const steps: Step<RowOf<All>>[] = [];
  let created = 0;
  for (const { values } of rows) {
    const key = keyOf(register, values);
    const before = existing.get(key);
    const after = defined({ ...before, ...values });
    if (before !== undefined && isDeepStrictEqual(defined(before), after)) continue;
    if (before === undefined) created += 1;
    steps.push({ key, after, ...(before === undefined ? {} : { before: defined(before) }) });
  }
  return { steps, created, changed: steps.length - created, unchanged: rows.length - steps.length };
}

/** What is told of an import, dry or done. With errors nothing may be written, so nothing is counted. */
export function reportOf<All extends Columns>(
  reading: Reading<All>,
  plan: Plan<RowOf<All>>,
  importId?: string,
): ImportReport {
  const { errors, warnings, lines } = reading;
  const { created, changed, unchanged } = errors.length > 0 ? { created: 0, changed: 0, unchanged: 0 } : plan;
  return {
    ...(importId === undefined ? {} : { importId }),
    lines,
    created,
    changed,
    unchanged,
    errors: inOrder(errors),
    warnings: inOrder(warnings),
  };
}

/** What is kept of an import so that it can be taken back. */
export interface ImportRecord<Row> {
  readonly importId: string;
  readonly atMs: number;
  /** Id of the person. */
  readonly by: string;
  readonly fileName: string;
  readonly steps: readonly Step<Row>[];
}

/** What taking an import back would do. With any conflict nothing may be written. */
export interface Undo<Row> {
  /** Keys of lines that the import created. */
  readonly remove: readonly string[];
  /** Lines as they were before. */
  readonly restore: readonly { key: string; row: Row }[];
  /** Keys of lines that were changed or removed since. */
  readonly conflicts: readonly string[];
}

/**
 * Compares what an import left with what is registered now, by key. A line that is as it was before counts as done: an
 * undo that broke off, or that of an import which broke off, is finished by asking again.
 */
export function planUndo<Row extends object>(record: ImportRecord<Row>, current: ReadonlyMap<string, Row>): Undo<Row> {
  const remove: string[] = [];
  const restore: { key: string; row: Row }[] = [];
  const conflicts: string[] = [];
  for (const { key, before, after } of record.steps) {
    const now = current.get(key);
    if (isDeepStrictEqual(now && defined(now), before)) continue;
    if (now === undefined || !isDeepStrictEqual(defined(now), after)) conflicts.push(key);
    else if (before === undefined) remove.push(key);
    else restore.push({ key, row: before });
  }
  return { remove, restore, conflicts };
}

/** Without fields that hold nothing, which a document store does not keep either. */
function defined<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row;
}

function inOrder<Finding extends { line: number }>(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.line - b.line);
}
