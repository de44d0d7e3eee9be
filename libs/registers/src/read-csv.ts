import { parse } from 'csv-parse/sync';
import {
  cellTooLong,
  countLine,
  limits,
  textCell,
  tooManyColumns,
  UnreadableFile,
  type Cell,
  type Sheet,
  type SheetRow,
} from './sheet.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** What spreadsheets separate cells with; Indonesian ones use `;` because the comma is their decimal sign. */
const separators = [';', ',', '\t'] as const;

/** Enough for a title and the headings below it. */
const HEAD_CHARACTERS = 20_000;
const HEAD_LINES = 100;

/** How many headings of the register a table has. */
export type HeadingsFound = (sheet: Sheet) => number;

/**
 * The table of a CSV file. Which separator it has is asked of its head alone, by the headings found; the rest is parsed
 * once, and not before a walk over its characters has shown that parsing it is bounded.
 */
export function readCsv(file: Buffer, headingsFound: HeadingsFound): Sheet {
  const text = textOf(file);
  const said = /^sep=(.)\r?\n/i.exec(text);
  if (said !== null) return sheetOf(text.slice(said[0].length), said[1] ?? ';');
  return sheetOf(text, separatorOf(text, headingsFound));
}

function separatorOf(text: string, headingsFound: HeadingsFound): string {
  const head = headOf(text);
  const found = separators.map((separator) => {
    const rows: SheetRow[] = [];
    try {
      readRows(head, separator, rows);
    } catch (error) {
      // the head ends anywhere, and quotes that fit one separator need not fit another: what was read so far counts
      if (!(error instanceof UnreadableFile)) throw error;
    }
    return headingsFound({ name: '', rows, notes: [] });
  });
  return separators[found.indexOf(Math.max(...found))] ?? ';';
}

/** The first lines, from the first one with an entry on. */
function headOf(text: string): string {
  const head = text.slice(0, limits.rawLines).trimStart().slice(0, HEAD_CHARACTERS);
  return head.split(/\r\n|\n|\r/, HEAD_LINES).join('\n');
}

/** Text of a file in UTF-8, UTF-16 with a mark, or else Windows-1252. */
export function textOf(file: Buffer): string {
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder('utf-16le').decode(file);
  if (file[0] === 0xfe && file[1] === 0xff) return new TextDecoder('utf-16be').decode(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('windows-1252').decode(file);
  }
}

function sheetOf(text: string, separator: string): Sheet {
  refuseBeyondMeasure(text, separator);
  const rows: SheetRow[] = [];
  readRows(text, separator, rows);
  return { name: '', rows, notes: [] };
}

/** Appends the lines with an entry to `rows`; stops by throwing {@link UnreadableFile} at the first one beyond measure. */
function readRows(text: string, delimiter: string, rows: SheetRow[]): void {
  let line = 0;
  let cellCount = 0;
  const onRecord = (record: string[]) => {
    line += 1;
    cellCount += record.length;
    if (record.length > limits.columns) throw tooManyColumns(line);
    if (cellCount > limits.cells)
      throw new UnreadableFile('Berkas berisi terlalu banyak sel, juga yang kosong. Hapus kolom dan baris kosong.');
    const cells = record.map((raw) => cellOf(raw, line));
    if (cells.some((cell) => cell.text !== '')) rows.push({ line, cells });
    countLine(rows.length);
    return null; // kept here, not by the parser
  };
  try {
    parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false, onRecord });
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause;
    throw new UnreadableFile('Tanda kutip (") di berkas CSV tidak berpasangan. Perbaiki, atau simpan sebagai .xlsx.', {
      cause,
    });
  }
}

/**
 * Refuses what would keep the parser busy for seconds: 3 MB of line breaks, of separators, of blanks. Blind to quotes,
 * so lines and separators have room for those inside cells; what is exact is counted while parsing.
 */
function refuseBeyondMeasure(text: string, separator: string): void {
  const separatorCode = separator.charCodeAt(0);
  let lines = 1;
  let separatorsInLine = 0;
  let charactersInCell = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    charactersInCell += 1;
    if (code === separatorCode) {
      separatorsInLine += 1;
      charactersInCell = 0;
    } else if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) {
      lines += 1;
      separatorsInLine = 0;
      charactersInCell = 0;
    }
    if (separatorsInLine > limits.columns * 10) throw tooManyColumns();
    if (charactersInCell > limits.cellCharacters + 2) throw cellTooLong(); // two quotes around it
    if (lines > limits.rawLines)
      throw new UnreadableFile(
        `Berkas berisi lebih dari ${limits.rawLines.toLocaleString('id-ID')} baris, juga yang kosong (paling banyak ${limits.lines.toLocaleString('id-ID')} baris berisi). Hapus baris kosong, atau bagi menjadi beberapa berkas.`,
      );
  }
}

/** `="007"` is how people keep zeros in a CSV file that a spreadsheet opens. */
function cellOf(raw: string, line: number): Cell {
  return textCell(/^="(.*)"$/s.exec(raw.trim())?.[1] ?? raw, line);
}
