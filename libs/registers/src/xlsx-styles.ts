import { walkXml } from './xml.ts';

/** How a number is shown, as far as that changes what it means. */
export type NumberStyle = { kind: 'plain' } | { kind: 'date' } | { kind: 'padded'; digits: number };

/** Built-in formats that show a date. ECMA-376 part 1, 18.8.30. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** The style of each cell format of `styles.xml`, by index. */
export function numberStyles(xml: string | undefined): NumberStyle[] {
  if (xml === undefined) return [];
  const formats = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCellFormats = false;
  walkXml(xml, {
    open: (element, attributes) => {
      if (element === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (element === 'cellXfs') inCellFormats = true;
      if (element === 'xf' && inCellFormats) styles.push(styleOf(Number(attributes['numFmtId'] ?? 0), formats));
    },
    close: (element) => {
      if (element === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

function styleOf(id: number, formats: ReadonlyMap<number, string>): NumberStyle {
  if (builtInDates.has(id)) return { kind: 'date' };
  // what is quoted, escaped or in brackets is decoration: colours, currencies, the word "hari"
  const code = (formats.get(id) ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  if (/^0{2,30}$/.test(code)) return { kind: 'padded', digits: code.length };
  return /[dy]/i.test(code) ? { kind: 'date' } : { kind: 'plain' };
}
