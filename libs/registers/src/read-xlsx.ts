import {
  countLine,
  emptyCell,
  limits,
  textCell,
  UnreadableFile,
  type Cell,
  type Sheet,
  type SheetRow,
} from './sheet.ts';
import { openZip } from './unzip.ts';
import { numberStyles, type NumberStyle } from './xlsx-styles.ts';
import { walkXml } from './xml.ts';

interface Workbook {
  sheets: { name: string; relation: string }[];
  /** Old Macintosh files count days from 1904. */
  from1904: boolean;
}

interface Shared {
  /** Each text is made a cell once, however many cells refer to it. */
  strings: { cellOf(index: number): Cell };
  styles: readonly NumberStyle[];
  from1904: boolean;
}

const tooManyMerges = `Lembar ini berisi terlalu banyak sel gabungan (paling banyak ${limits.mergedCells.toLocaleString('id-ID')}). Pisahkan sel gabungan (Unmerge), lalu isi setiap baris.`;

/** Every sheet of an .xlsx file, in the order of its tabs. Formulas give the result that was saved with them. */
export function readXlsx(file: Buffer): Sheet[] {
  const zip = openZip(file);
  const workbookXml = zip.read('xl/workbook.xml');
  if (workbookXml === undefined)
    throw new UnreadableFile('Ini bukan berkas .xlsx. Simpan ulang sebagai .xlsx atau CSV.');
  const { sheets, from1904 } = workbookOf(workbookXml);
  const targets = relationsOf(zip.read('xl/_rels/workbook.xml.rels') ?? '<x/>');
  const shared = {
    strings: cellsOf(sharedStrings(zip.read('xl/sharedStrings.xml'))),
    styles: numberStyles(zip.read('xl/styles.xml')),
    from1904,
  };
  return sheets.flatMap(({ name, relation }) => {
    const target = targets.get(relation) ?? '';
    const xml = zip.read(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    return xml === undefined ? [] : [sheetOf(name, xml, shared)];
  });
}

function workbookOf(xml: string): Workbook {
  const workbook: Workbook = { sheets: [], from1904: false };
  walkXml(xml, {
    open: (element, attributes) => {
      if (element === 'workbookPr') workbook.from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (element !== 'sheet' || attributes['state'] !== undefined) return; // hidden sheets are not meant
      const relation = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
      workbook.sheets.push({ name: attributes['name'] ?? '', relation });
    },
  });
  return workbook;
}

function relationsOf(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  walkXml(xml, {
    open: (element, attributes) => {
      if (element === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
    },
  });
  return targets;
}

function sharedStrings(xml: string | undefined): string[] {
  const strings: string[] = [];
  if (xml === undefined) return strings;
  let text = '';
  let reading = false;
  let phonetic = false;
  walkXml(xml, {
    open: (element) => {
      if (element === 'si') text = '';
      if (element === 'rPh') phonetic = true;
      if (element === 't') reading = !phonetic;
    },
    text: (part) => {
      if (reading) text += part;
    },
    close: (element) => {
      if (element === 't') reading = false;
      if (element === 'rPh') phonetic = false;
      if (element === 'si') strings.push(text);
    },
  });
  return strings;
}

function cellsOf(strings: readonly string[]): Shared['strings'] {
  const cells = new Map<number, Cell>();
  return {
    cellOf: (index) => {
      const cell = cells.get(index) ?? textCell(unescaped(strings[index] ?? ''));
      cells.set(index, cell);
      return cell;
    },
  };
}

function sheetOf(name: string, xml: string, shared: Shared): Sheet {
  const rows = new Map<number, Cell[]>();
  const merges: string[] = [];
  let line = 0;
  let column = 0;
  let cell = { type: '', style: 0, value: '', formula: false };
  let reading = false;
  let refusal: string | undefined;
  walkXml(xml, {
    open: (element, attributes) => {
      if (element === 'row') {
        line = attributes['r'] === undefined ? line + 1 : Number(attributes['r']);
        column = 0;
      }
      if (element === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: '', formula: false };
      }
      if (element === 'f') cell.formula = true;
      if (element === 'v' || element === 't') reading = true;
      if (element === 'mergeCell') merges.push(attributes['ref'] ?? '');
    },
    text: (part) => {
      if (reading) cell.value += part;
    },
    close: (element) => {
      if (element === 'v' || element === 't') reading = false;
      if (element !== 'c') return;
      const read = cellOf(cell, shared);
      if (read.text === '' && read.kind === 'text') return;
      if (column > limits.columns) {
        refusal ??= `Baris ${String(line)} berisi lebih dari ${String(limits.columns)} kolom. Hapus yang di kanan tabel.`;
        return;
      }
      const row = rows.get(line) ?? [];
      row[column - 1] = read;
      rows.set(line, row);
      countLine(rows.size);
    },
  });
  if (merges.length > limits.mergedCells) refusal ??= tooManyMerges;
  const notes: { line: number; message: string }[] = [];
  let filled = 0;
  for (const range of refusal === undefined ? merges : []) {
    const merged = fillDown(rows, range);
    if (merged === undefined) continue;
    notes.push(merged.note);
    filled += merged.filled;
    if (filled <= limits.mergedLines) continue;
    refusal = tooManyMerges;
    break;
  }
  const ordered = [...rows].sort(([a], [b]) => a - b).map(rowOf);
  return { name, rows: ordered, notes, ...(refusal === undefined ? {} : { refusal }) };
}

function rowOf([line, cells]: [number, Cell[]]): SheetRow {
  return { line, cells: Array.from(cells, (cell: Cell | undefined) => cell ?? emptyCell) };
}

function cellOf(cell: { type: string; style: number; value: string; formula: boolean }, shared: Shared): Cell {
  const { type, value } = cell;
  if (cell.formula && value === '') return { text: '', kind: 'formula' };
  if (type === 'e') return { text: value.slice(0, 40), kind: 'error' };
  if (type === 's') return shared.strings.cellOf(Number(value));
  if (type === 'b') return textCell(value === '1' ? 'YA' : 'TIDAK');
  if (type === 'd') return { text: value.slice(0, 10), kind: 'date' };
  if (type !== 'n' || value === '') return textCell(unescaped(value));
  const number = Number(value);
  const style = shared.styles[cell.style] ?? { kind: 'plain' };
  if (style.kind === 'date') return { text: dateOf(number, shared.from1904), kind: 'date' };
  // 007 shown by a format is 007 to the one who typed it
  if (style.kind === 'padded') return { text: value.padStart(style.digits, '0'), kind: 'text' };
  // 15 digits is what a spreadsheet keeps; more are noise of its arithmetic (0.1 + 0.2)
  return { text: plain(Number(number.toPrecision(15))), kind: 'number' };
}

/** Decimal digits without an exponent. */
function plain(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** Days since the end of 1899 (the spreadsheets' own count, right from 1 March 1900 on) as `2026-11-21`. */
function dateOf(serial: number, from1904: boolean): string {
  const days = Math.floor(serial) + (from1904 ? 1462 : 0) - 25_569;
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

/** `_x000D_` stands for a character that XML cannot hold. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** 27 for `AA3`. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** A merged cell over several lines means the same in each of them. */
function fillDown(rows: Map<number, Cell[]>, range: string) {
  const [from = '', to = from] = range.split(':');
  const [first, last] = [from, to].map((reference) => Number(/\d+$/.exec(reference)?.[0])) as [number, number];
  const column = columnOf(from) - 1;
  const value = rows.get(first)?.[column];
  if (value === undefined || !(last > first)) return undefined;
  let filled = 0;
  for (const [line, row] of rows) {
    if (line <= first || line > last) continue;
    row[column] ??= value;
    filled += 1;
  }
  const message = `Sel gabungan ${range} dibaca sama untuk setiap barisnya: "${value.text}".`;
  return { filled, note: { line: first, message } };
}
