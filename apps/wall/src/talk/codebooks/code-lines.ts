import type { Code } from '@siaga/contracts';

/** Codes as they are written in a field, one a line. */
export const linesOf = (codes: readonly Code[]): string =>
  codes.map(({ code, meaning }) => `${code} = ${meaning}`).join('\n');

/** Codes of what is written, or the first line that is none. Empty lines are no lines. */
export function codesIn(text: string): readonly Code[] | { readonly unread: string } {
  const codes: Code[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [code = '', ...rest] = line.split('=');
    const read = { code: code.trim(), meaning: rest.join('=').trim() };
    if (read.code === '' || read.meaning === '') return { unread: line };
    codes.push(read);
  }
  return codes;
}
