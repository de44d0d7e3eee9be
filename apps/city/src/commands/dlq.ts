import { Fault } from '@siaga/contracts';
import { withLog } from './city-log.ts';
import type { Command } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';

/** `siaga dlq list`: events a handler could not take, with the reason, until they are replayed. */
export const list: Command = {
  summary: 'peristiwa yang gagal diolah, dengan sebabnya · events a handler could not take, with the reason',
  run: (input) =>
    withLog(input, async (log) => {
      const { listDeadLetters } = await import('@siaga/bus');
      const letters = await listDeadLetters(log, input.city);
      const answer = letters.map(({ record, ...letter }) => ({
        ...letter,
        value: record.value?.toString('utf8') ?? null,
      }));
      const lines = letters.map(
        (letter) =>
          `${letter.deadLetterId}  ${input.timeOf(letter.givenUpAtMs)}  ${letter.attempts} ×  ${letter.cause}`,
      );
      return { answer, text: lines.length === 0 ? 'kosong · empty' : lines.join('\n') };
    }),
};

/** `siaga dlq replay <id>…` or `--all`: given once more to the handler that gave them up. */
export const replay: Command = {
  summary: 'olah sekali lagi · give them once more to the handler that gave them up',
  usage: '<id>… | --all',
  mostWords: Infinity,
  options: { all: { type: 'boolean' } },
  run: (input) =>
    withLog(input, async (log) => {
      const ids = new Set(input.words);
      if (ids.size === 0 && input.values['all'] !== true)
        throw new Fault(
          'invalid',
          `sebutkan id dari daftarnya, atau --all · name the ids that the list prints, or --all: ${siagaCommand('dlq list')}`,
        );
      const { replayDeadLetters } = await import('@siaga/bus');
      const replayed = await replayDeadLetters(
        log,
        input.city,
        ({ deadLetterId }) => ids.size === 0 || ids.has(deadLetterId),
      );
      if (replayed === 0 && ids.size > 0)
        throw new Fault(
          'not-found',
          `tidak satu pun id ini ada di daftar · none of these ids is in the list: ${siagaCommand('dlq list')}`,
        );
      return { answer: { replayed }, text: `diulang · replayed: ${replayed}` };
    }),
};
