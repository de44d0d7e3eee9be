import { parseArgs } from 'node:util';
import { Fault } from '@siaga/contracts';
import type { Command, CommandInput } from './commands/command.ts';
import { siagaCommand } from './siaga-command.ts';
import { nounOf } from './help.ts';

/** Words and options behind noun and verb. */
export type Arguments = Pick<CommandInput, 'values' | 'words'>;

type Option = NonNullable<Command['options']>[string];

const ofAll: Record<string, Option> = { json: { type: 'boolean' }, city: { type: 'string' } };

/** Reads what stands behind noun and verb. @throws Fault `invalid`, a sentence, for what the command does not know. */
export function readArguments(name: string, command: Command, rest: readonly string[]): Arguments {
  const options = { ...command.options, ...ofAll };
  const read = parseArgs({ args: [...rest], options, strict: false, allowPositionals: true, tokens: true });
  const refusals = [
    ...read.tokens.map((token) =>
      token.kind === 'option' ? refusalOf(token, new Map(Object.entries(options)).get(token.name)) : undefined,
    ),
    surplusRefusal(read.positionals, command),
  ];
  const refusal = refusals.find((sentence) => sentence !== undefined);
  if (refusal !== undefined) throw new Fault('invalid', `${refusal}: ${siagaCommand(`${nounOf(name)} help`)}`);
  return { values: read.values, words: read.positionals };
}

interface OptionToken {
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function refusalOf({ rawName, value, inlineValue }: OptionToken, option: Option | undefined): string | undefined {
  if (option === undefined) return `tidak ada pilihan ${rawName} · there is no option ${rawName}`;
  if (option.type === 'boolean')
    return value === undefined ? undefined : `${rawName} tidak memakai nilai · ${rawName} takes no value`;
  if (value === undefined || value === '')
    return `${rawName} perlu nilai, ${rawName}=… · ${rawName} needs a value, ${rawName}=…`;
  // `--name --role viewer`: what looks like the next option is no name
  if (inlineValue !== true && value.startsWith('-') && value.length > 1)
    return `tulis ${rawName}=${value} bila itu nilainya · write ${rawName}=${value} if that is its value`;
  return undefined;
}

function surplusRefusal(words: readonly string[], { mostWords = 0 }: Command): string | undefined {
  const surplus = words.slice(mostWords).join(' ');
  if (surplus === '') return undefined;
  return `"${surplus}" berlebih, tidak ada yang dijalankan · "${surplus}" is too much, nothing was done`;
}
