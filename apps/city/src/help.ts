import { ConfigError } from '@siaga/service/config';
import type { Command } from './commands/command.ts';
import { siagaCommand } from './siaga-command.ts';
import { commands } from './commands/commands.ts';

/** What somebody asked the command line for. */
export type Asked = { help: string } | { name: string; command: Command; rest: readonly string[] };

const all = Object.entries(commands);
const nouns = [...new Set(all.map(([name]) => nounOf(name)))];

const isHelp = (word: string | undefined) => word === 'help' || word === 'bantuan';
const isHelpOption = (word: string) => word === '--help' || word === '-h';

/**
 * Noun and verb at the beginning of what was typed, or the help that it asks for: of everything, of a noun, of one command.
 * @throws ConfigError that shows what there is, for a noun or a verb that is not.
 */
export function asked(args: readonly string[]): Asked {
  const words = args.filter((word) => !isHelpOption(word));
  const [noun, verb] = isHelp(words[0]) ? words.slice(1) : words;
  if (noun === undefined) return { help: overview() };
  if (!nouns.includes(noun))
    throw new ConfigError(
      `Tidak ada perintah "${noun}" · no such command: ${nouns.join(', ')}\nSemuanya · all of them: ${siagaCommand('help')}`,
    );
  if (isHelp(words[0]) || isHelp(verb)) return { help: helpOf(noun) };
  const alone = commands[noun];
  const name = alone === undefined ? `${noun} ${verb ?? ''}` : noun;
  const command = commands[name];
  const wantsHelp = args.some(isHelpOption);
  if (command === undefined && verb !== undefined && !verb.startsWith('-'))
    throw new ConfigError(`Tidak ada perintah "${name}" · there is no "${name}"\n\n${helpOf(noun)}`);
  if (command === undefined) return { help: helpOf(noun) };
  if (wantsHelp) return { help: entry(name, command).join('\n') };
  return { name, command, rest: words.slice(name.split(' ').length) };
}

/** Every command in one line. */
function overview(): string {
  const lines = all.map(([name, { summary }]) => `  ${name.padEnd(20)} ${summary}`);
  return [
    siagaCommand('<noun> <verb>'),
    '',
    ...lines,
    '',
    `Pilihan tiap perintah · options of each: ${siagaCommand('<noun> help')}`,
    'Di semua perintah · with each of them: --city <kode · code>, --json',
  ].join('\n');
}

/** The verbs of one noun, with words and options. */
const helpOf = (noun: string): string =>
  all
    .filter(([name]) => nounOf(name) === noun)
    .flatMap(([name, command]) => entry(name, command))
    .join('\n');

const entry = (name: string, { usage, summary }: Command): string[] => [
  [siagaCommand(name), usage].filter((part) => part !== undefined).join(' '),
  `    ${summary}`,
];

/** The first word of a command's name. */
export function nounOf(name: string): string {
  return name.split(' ')[0] ?? name;
}
