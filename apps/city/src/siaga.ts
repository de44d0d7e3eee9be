import { parseArgs } from 'node:util';
import { Fault } from '@siaga/contracts';
import { ConfigError, loadConfig } from '@siaga/service';
import type { Command } from './commands/command.ts';
import * as audit from './commands/audit.ts';
import { backup } from './commands/backup.ts';
import * as cities from './commands/cities.ts';
import * as certificate from './commands/certificate.ts';
import * as device from './commands/device.ts';
import { list, replay } from './commands/dlq.ts';
import { clear } from './commands/exercise.ts';
import { restore } from './commands/restore.ts';
import { rotate } from './commands/secret.ts';
import { status } from './commands/status.ts';
import { token } from './commands/token.ts';
import * as user from './commands/user.ts';
import { DataFolder } from './data-folder.ts';
import { CityConfig } from './options.ts';

/** Noun and verb of every command; some are one word. */
const commands: Readonly<Record<string, Command>> = {
  'city status': status,
  'city add': cities.add,
  'city list': cities.list,
  'user list': user.list,
  'user invite': user.invite,
  'user block': user.block,
  'user unblock': user.unblock,
  'user renew-password': user.renewPassword,
  'device list': device.list,
  'device key': device.key,
  'device block': device.block,
  'device unblock': device.unblock,
  'certificate make': certificate.make,
  'certificate renew': certificate.renew,
  'secret rotate': rotate,
  'audit verify': audit.verify,
  'audit export': audit.exportChain,
  'dlq list': list,
  'dlq replay': replay,
  'exercise clear': clear,
  backup,
  restore,
  token,
};

const usage = [
  'npm run -s siaga -- <noun> <verb> [--json]',
  '',
  ...Object.entries(commands).map(([name, command]) => `  ${name.padEnd(20)} ${command.summary}`),
].join('\n');

/** `siaga`: the command line of a city. Speaks to the running city; opens no database. */
async function run(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help')) {
    console.log(usage);
    return;
  }
  const [noun = '', verb = ''] = args;
  const name = [`${noun} ${verb}`, noun].find((candidate) => candidate in commands);
  const command = name === undefined ? undefined : commands[name];
  if (name === undefined || command === undefined)
    throw new ConfigError(`Tidak ada perintah ini · no such command: ${args.join(' ')}\n\n${usage}`);
  const { values, positionals } = parseArgs({
    args: args.slice(name.split(' ').length),
    options: { json: { type: 'boolean', default: false }, city: { type: 'string' }, ...command.options },
    allowPositionals: true,
  });
  const config = loadConfig(CityConfig);
  const city = typeof values.city === 'string' ? values.city : config.SIAGA_CITY;
  const data = new DataFolder(config.SIAGA_DATA, config.SIAGA_SECRET);
  const { answer, text } = await command.run({
    data,
    city,
    homeCity: config.SIAGA_CITY,
    values,
    words: positionals,
    gatewayUrl: config.GATEWAY_URL,
    backupDir: config.SIAGA_BACKUP_DIR,
  });
  console.log(values.json ? JSON.stringify(answer) : text);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const foreseen =
    error instanceof ConfigError || error instanceof Fault || (error instanceof TypeError && 'code' in error);
  console.error(foreseen ? (error as Error).message : error);
  process.exit(1);
});
