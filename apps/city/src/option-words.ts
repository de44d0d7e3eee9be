import { Fault } from '@siaga/contracts';
import type { z } from 'zod';
import type { CommandInput } from './commands/command.ts';

type Values = CommandInput['values'];

/**
 * The options of a command, by their shape. @throws Fault `invalid` that says of each that does not fit what to write, in
 * both languages: sentences of our own shapes stay, those of zod are put into words.
 */
export function optionsOf<Shape extends z.ZodType>(shape: Shape, values: Values): z.output<Shape> {
  const read = shape.safeParse(values);
  if (read.success) return read.data;
  const sentences = read.error.issues.map((issue) => {
    const [option = ''] = issue.path;
    return `--${String(option)}: ${wordsOf(issue, values[String(option)])}`;
  });
  throw new Fault('invalid', [...new Set(sentences)].join('\n'), { cause: read.error });
}

function wordsOf(issue: z.core.$ZodIssue, given: Values[string]): string {
  if (given === undefined) return 'belum disebut · is missing';
  switch (issue.code) {
    case 'invalid_value':
      return `pilih dari · choose from ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big':
      return boundWords(issue);
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number'
        ? `tulis bilangan bulat, bukan ${String(given)} · write a whole number, not ${String(given)}`
        : 'tidak dapat dibaca · cannot be read';
    default:
      return issue.message;
  }
}

function boundWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [atLeast, bound] = issue.code === 'too_small' ? [true, issue.minimum] : [false, issue.maximum];
  const limit = String(bound);
  if (issue.origin === 'string')
    return atLeast
      ? `paling sedikit ${limit} huruf · at least ${limit} characters`
      : `paling banyak ${limit} huruf · at most ${limit} characters`;
  return atLeast ? `paling sedikit ${limit} · at least ${limit}` : `paling banyak ${limit} · at most ${limit}`;
}
