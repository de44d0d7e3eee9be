import type { Parsed } from './column.ts';
import type { Cell } from './sheet.ts';

const notANumber = (text: string) => ({ problem: `"${text}" bukan angka. Tulis angka saja, misalnya 8000` });

/** A whole number: `8000`, `8.000`, `8 000`. `8,000` could be eight or eight thousand, so it is asked for again. */
export function wholeOf(cell: Cell): Parsed<number> {
  const text = compact(cell.text);
  if (cell.kind === 'number') return { value: Number(text) };
  if (/^[-+]?\d{1,3}(,\d{3})+$/.test(text)) {
    return { problem: `"${text}" bisa berarti dua hal. Tulis tanpa koma, misalnya ${text.replaceAll(',', '')}` };
  }
  return decimalOf(cell);
}

/**
 * A number as people in Indonesia and spreadsheets elsewhere write it. With both signs the last one is the decimal sign;
 * a comma alone is decimal; a point alone separates thousands when exactly three digits follow.
 */
export function decimalOf(cell: Cell): Parsed<number> {
  const text = compact(cell.text);
  if (cell.kind === 'number') return { value: Number(text) };
  if (!/^[-+]?[\d.,]*\d[\d.,]*$/.test(text)) return notANumber(cell.text);
  const indonesian = /^[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/;
  const english = /^[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;
  if (indonesian.test(text)) {
    const value = Number(text.replaceAll('.', '').replace(',', '.'));
    // 1.234 is what a spreadsheet elsewhere shows for one and a bit
    if (/^[-+]?\d{1,3}\.\d{3}$/.test(text))
      return { value, warning: `"${text}" dibaca ${value.toLocaleString('id-ID')} (titik = ribuan)` };
    return { value };
  }
  if (english.test(text)) return { value: Number(text.replaceAll(',', '')) };
  return notANumber(cell.text);
}

/** Without spaces and with an ordinary minus. */
function compact(text: string): string {
  return text.replace(/\s/g, '').replace(/[\u2212\u2013]/g, '-');
}
