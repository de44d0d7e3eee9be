import { createInterface } from 'node:readline/promises';
import { Fault } from '@siaga/contracts';
import type { CommandInput } from './command.ts';

/**
 * Returns when whoever typed the command means it: by `--yes`, or at a terminal by typing `word` after reading
 * `question`. @throws Fault `invalid` otherwise; then nothing may be done.
 */
export async function confirmed(
  { values }: Pick<CommandInput, 'values'>,
  { question, word }: { question: string; word: string },
): Promise<void> {
  if (values['yes'] === true) return;
  const nothingDone = 'tidak ada yang dijalankan · nothing was done';
  if (!process.stdin.isTTY)
    throw new Fault('invalid', `${question}\n${nothingDone}; tambahkan --yes bila yakin · add --yes if you mean it`);
  // the answer of the command is what stands on stdout
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  terminal.once('close', () => {
    ended.abort();
  });
  try {
    const typed = await terminal
      .question(`${question}\nKetik · type ${word}: `, { signal: ended.signal })
      .catch(() => '');
    if (typed.trim() !== word) throw new Fault('invalid', nothingDone);
  } finally {
    terminal.close();
  }
}
