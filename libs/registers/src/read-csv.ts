import { parse } from 'csv-parse/sync';
import { countLine, textCell, UnreadableFile, type Cell, type Sheet, type SheetRow } from './sheet.ts';

/** What spreadsheets separate cells with; Indonesian ones use `;` because the comma is their decimal sign. */
const separators = [';', ',', '\t'] as const;

/** One reading of a CSV file per possible separator; who knows the headings chooses. */
export function readCsv(file: Buffer): Sheet[] {
  const text = textOf(file);
  const said = /^sep=(.)\r?\n/i.exec(text);
  if (said !== null) return [sheetOf(text.slice(said[0].length), said[1] ?? ';')];
  const readings: Sheet[] = [];
  let failure: unknown;
  for (const separator of separators) {
    try {
      readings.push(sheetOf(text, separator));
    } catch (error) {
      failure ??= error; // quotes that fit one separator need not fit another
    }
  }
  if (readings.length === 0) throw failure;
  return readings;
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

function sheetOf(text: string, delimiter: string): Sheet {
  const rows: SheetRow[] = [];
  let line = 0;
  for (const record of recordsOf(text, delimiter)) {
    line += 1;
    const cells = record.map(cellOf);
    if (cells.some((cell) => cell.text !== '')) rows.push({ line, cells });
    countLine(rows.length);
  }
  return { name: '', rows, notes: [] };
}

function recordsOf(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false });
  } catch (cause) {
    throw new UnreadableFile('Tanda kutip (") di berkas CSV tidak berpasangan. Perbaiki, atau simpan sebagai .xlsx.', {
      cause,
    });
  }
}

/** `="007"` is how people keep zeros in a CSV file that a spreadsheet opens. */
function cellOf(raw: string): Cell {
  return textCell(/^="(.*)"$/s.exec(raw.trim())?.[1] ?? raw);
}
