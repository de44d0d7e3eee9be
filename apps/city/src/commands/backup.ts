import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeBackup } from '@siaga/engine';
import { Fault, parse } from '@siaga/contracts';
import { z } from 'zod';
import { runningCity } from './running-city.ts';
import type { Command } from './command.ts';

const Options = z.object({
  to: z.string().min(1),
  keep: z.coerce.number().int().min(1).max(10_000).default(7),
});

const Package = z.object({ version: z.string() });

/** Version of Siaga, for whoever finds the backup years later. */
async function versionOfSiaga(): Promise<string> {
  const file = path.resolve(import.meta.dirname, '../../../../package.json');
  return Package.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}

/** `siaga backup`: a consistent copy of the running embedded city, in a folder that holds the newest of them. */
export const backup: Command = {
  summary: '[--to <folder>] [--keep 7]: a consistent copy of the running city; SIAGA_BACKUP_DIR is the usual folder',
  options: { to: { type: 'string' }, keep: { type: 'string' } },
  async run({ data, city, values, backupDir }) {
    const to = values['to'] ?? backupDir;
    if (to === undefined)
      throw new Fault('invalid', 'name a folder on another disk with --to, or set SIAGA_BACKUP_DIR');
    const { keep, ...options } = parse(Options, { ...values, to }, 'options');
    const { logSocket } = await runningCity(data);
    if (logSocket === undefined)
      throw new Fault(
        'invalid',
        'this city lives on Kafka and MongoDB: back them up with their own tools, see docs/operations.md',
      );
    const done = await makeBackup(logSocket, {
      to: path.resolve(options.to),
      keep,
      city,
      siaga: await versionOfSiaga(),
      onProgress: ({ bytes, of }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${megabytes(bytes)} / ${megabytes(of)} MB `);
      },
    });
    if (process.stderr.isTTY) process.stderr.write('\r');
    const inside = done.outside
      ? ''
      : '\nDi dalam folder data: hilang bersamanya · inside the data folder: lost with it, so it does not count';
    const text = `${done.folder}  ${megabytes(done.bytes)} MB  ${(done.tookMs / 1000).toFixed(1)} s${inside}`;
    return { answer: done, text };
  },
};

const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
