/**
 * Lines of cells as spreadsheets in Indonesia open them: `;` between cells, decimal comma, UTF-8 with a mark, CRLF. A number
 * is one there, too; text that a spreadsheet would execute is shown as text.
 */
export function csvText(lines: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${lines.map((cells) => `${cells.map(cellOf).join(';')}\r\n`).join('')}`;
}

const cellOf = (value: string | number): string =>
  typeof value === 'number' ? String(value).replace('.', ',') : quoted(harmless(value));

/**
 * What begins a formula, also behind blanks, which some spreadsheets leave out, and in full width; a coordinate or a
 * telephone number is none. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[\t\r\n]|^\s*(?:[=@\uFF1D\uFF20\uFF0B\uFF0D]|[-+](?![\d\s.,()-]+$))/;

const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

const quoted = (text: string) => (/[";\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
