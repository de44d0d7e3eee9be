import { Fault } from '@siaga/contracts';
import { ConfigError, loadConfig, servedCities } from '@siaga/service/config';
import { z } from 'zod';
import { readArguments } from './arguments.ts';
import { cityTime, zoneOf } from './city-time.ts';
import { siagaCommand } from './siaga-command.ts';
import { DataFolder } from './data-folder.ts';
import { asked } from './help.ts';
import { optionsOf } from './option-words.ts';
import { CityConfig } from './options.ts';

const OfAll = z.object({
  city: z
    .string()
    .regex(/^\d{4}$/, 'kode kota, empat angka, misalnya 3573 · code of the city, four digits, like 3573')
    .optional(),
});

/** `siaga`: the command line of a city. Speaks to the running city; opens no database. */
async function run(args: readonly string[]): Promise<void> {
  const what = asked(args);
  if ('help' in what) {
    console.log(what.help);
    return;
  }
  const { values, words } = readArguments(what.name, what.command, what.rest);
  const config = loadConfig(CityConfig);
  const data = new DataFolder(config.SIAGA_DATA, config.SIAGA_SECRET);
  const { city = config.SIAGA_CITY } = optionsOf(OfAll, values);
  if (city !== config.SIAGA_CITY && config.GATEWAY_URL === undefined) await assertServed(data, city);
  const { answer, text, trouble } = await what.command.run({
    ...{ data, city, values, words },
    homeCity: config.SIAGA_CITY,
    toServe: servedCities(config),
    gatewayUrl: config.GATEWAY_URL,
    backupDir: config.SIAGA_BACKUP_DIR,
    mapDir: config.SIAGA_MAP,
    timeOf: (atMs) => cityTime(atMs, zoneOf(city, data.cities())),
  });
  console.log(values['json'] === true ? JSON.stringify(answer) : text);
  if (trouble === undefined) return;
  console.error(trouble);
  process.exitCode = 1;
}

/** A city that runs here knows whom it serves: what is asked of another would be refused in fewer words. */
async function assertServed(data: DataFolder, city: string): Promise<void> {
  const running = await data.running();
  if (running === undefined || running.cities.includes(city)) return;
  throw new Fault(
    'not-found',
    `kota ${city} tidak dilayani di sini · city ${city} is not served here: ${siagaCommand('city list')}`,
  );
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});

/** What was foreseen speaks for itself; a file or folder that is not as it should be is named; the rest is a bug, shown whole. */
function sentenceOf(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof Fault) return error.message;
  if (!(error instanceof Error && 'syscall' in error && 'path' in error)) return error;
  return `${String(error.path)} tidak dapat dipakai · cannot be used: ${fileTroubles[String('code' in error ? error.code : '')] ?? error.message}`;
}

const fileTroubles: Readonly<Record<string, string>> = {
  ENOENT: 'tidak ada · there is no such file or folder',
  EACCES: 'pengguna ini tidak berhak · this user may not',
  EPERM: 'pengguna ini tidak berhak · this user may not',
  ENOTDIR: 'bukan folder · not a folder',
  EISDIR: 'itu folder, bukan berkas · a folder, not a file',
  ENOSPC: 'disk penuh · the disk is full',
  EROFS: 'disk hanya bisa dibaca · the disk can only be read',
};
