import { Parser } from 'saxen';
import { UnreadableFile } from './sheet.ts';

/** What to do at each element; names come without their prefix, which differs between programs. */
export interface XmlVisitor {
  open?(element: string, attributes: Readonly<Record<string, string>>): void;
  close?(element: string): void;
  text?(text: string): void;
}

/** Walks through an XML document. No entity is expanded but the predefined five. */
export function walkXml(xml: string, visitor: XmlVisitor): void {
  const parser = new Parser();
  let failure: Error | undefined;
  parser.on('openTag', (element, attributes, decode) => {
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
