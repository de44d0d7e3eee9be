import { Fault } from '@siaga/contracts';
import { listDeadLetters, replayDeadLetters } from '@siaga/bus';
import { withLog } from './city-log.ts';
import type { Command } from './command.ts';

/** `siaga dlq list`: events a handler could not take, with the reason, until they are replayed. */
export const list: Command = {
  summary: 'events a handler could not take, with the reason',
  run: (input) =>
    withLog(input, async (log) => {
      const letters = await listDeadLetters(log, input.city);
      const answer = letters.map(({ record, ...letter }) => ({
        ...letter,
        value: record.value?.toString('utf8') ?? null,
      }));
      const lines = letters.map(
        (letter) =>
          `${letter.deadLetterId}  ${new Date(letter.givenUpAtMs).toISOString()}  ${letter.attempts} ×  ${letter.cause}`,
      );
      return { answer, text: lines.length === 0 ? 'kosong · empty' : lines.join('\n') };
    }),
};

/** `siaga dlq replay <id>…` or `--all`: given once more to the handler that gave them up. */
export const replay: Command = {
  summary: '<id>… or --all: give them once more to the handler that gave them up',
  options: { all: { type: 'boolean' } },
  run: (input) =>
    withLog(input, async (log) => {
      const ids = new Set(input.words);
      if (ids.size === 0 && input.values['all'] !== true)
        throw new Fault('invalid', 'name the ids that dlq list prints, or --all');
      const replayed = await replayDeadLetters(
        log,
        input.city,
        ({ deadLetterId }) => ids.size === 0 || ids.has(deadLetterId),
      );
      if (replayed === 0 && ids.size > 0)
        throw new Fault('not-found', 'none of these ids is in the dead letters: see dlq list');
      return { answer: { replayed }, text: `diulang · replayed: ${replayed}` };
    }),
};
