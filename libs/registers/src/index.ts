export {
  column,
  defineRegister,
  keyOf,
  optional,
  type CellParser,
  type Column,
  type Columns,
  type Headings,
  type Parsed,
  type Register,
  type RowOf,
} from './column.ts';
export { date, decimal, list, month, oneOf, text, whole } from './parsers.ts';
export { degrees, parsePlace, place } from './places.ts';
export type { RegisterFile } from './read-file.ts';
export { readRegister, type Reading, type ReadRow } from './read-register.ts';
export { planImport, planUndo, reportOf, type ImportRecord, type Plan, type Step, type Undo } from './plan.ts';
export { limits, type Cell } from './sheet.ts';
export { templateOf } from './template.ts';
export { csvOf } from './write-csv.ts';
