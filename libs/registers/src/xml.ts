import { Parser } from 'saxen';
import { limits, UnreadableFile } from './sheet.ts';

/** What to do at each element; names come without their prefix, which differs between programs. */
export interface XmlVisitor {
  open?(element: string, attributes: Readonly<Record<string, string>>): void;
  close?(element: string): void;
  text?(text: string): void;
}

/** Walks through an XML document of bounded length. No entity is expanded but the predefined five. */
export function walkXml(xml: string, visitor: XmlVisitor): void {
  let elements = 0;
  const parser = new Parser();
  let failure: Error | undefined;
  parser.on('openTag', (element, attributes, decode) => {
    elements += 1;
    if (elements > limits.xmlElements)
      throw new UnreadableFile('Spreadsheet berisi terlalu banyak sel. Hapus lembar, baris, dan kolom kosong.');
    if (visitor.open === undefined) return;
    const decoded = Object.entries(attributes()).map(([name, value]) => [name, decode(value)] as const);
    visitor.open(local(element), Object.fromEntries(decoded));
  });
  parser.on('closeTag', (element) => visitor.close?.(local(element)));
  parser.on('text', (text, decode) => visitor.text?.(decode(text)));
  parser.on('cdata', (text) => visitor.text?.(text));
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.parse(xml);
  if (failure === undefined) return;
  if (failure instanceof UnreadableFile) throw failure;
  throw new UnreadableFile('Isi spreadsheet tidak dapat dibaca. Simpan ulang sebagai .xlsx.', { cause: failure });
}

function local(element: string): string {
  return element.slice(element.indexOf(':') + 1);
}
