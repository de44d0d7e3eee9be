import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '@siaga/contracts';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import { root } from '../root.ts';
import { runningCity } from './running-city.ts';
import type { Command } from './command.ts';

const Options = z.object({
  to: z.string(),
  keep: z.coerce.number().int().min(1).max(10_000).default(7),
});

const Package = z.object({ version: z.string() });

/** Version of Siaga, for whoever finds the backup years later. */
async function versionOfSiaga(): Promise<string> {
  const file = path.join(root, 'package.json');
  return Package.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}

/** `siaga backup`: a consistent copy of the running embedded city, in a folder that holds the newest of them. */
export const backup: Command = {
  summary:
    'salinan utuh kota yang berjalan · a consistent copy of the running city; SIAGA_BACKUP_DIR names the usual folder',
  usage: '[--to <folder>] [--keep 7]',
  options: { to: { type: 'string' }, keep: { type: 'string' } },
  async run({ data, city, values, backupDir, timeOf }) {
    const to = values['to'] ?? backupDir;
    if (to === undefined)
      throw new Fault(
        'invalid',
        'sebutkan folder di disk lain dengan --to, atau atur SIAGA_BACKUP_DIR · name a folder on another disk with --to, or set SIAGA_BACKUP_DIR',
      );
    const { keep, ...options } = optionsOf(Options, { ...values, to });
    const { logSocket } = await runningCity(data);
    if (logSocket === undefined)
      throw new Fault(
        'invalid',
        'kota ini memakai Kafka dan MongoDB: cadangkan dengan alatnya sendiri, lihat docs/operations.md · this city lives on Kafka and MongoDB: back them up with their own tools, see docs/operations.md',
      );
    const { makeBackup } = await import('@siaga/engine');
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
    const inside =
      'Di dalam folder data: hilang bersamanya, jadi tidak dihitung · inside the data folder: lost with it, so it does not count';
    const facts = [done.folder, timeOf(done.atMs), `${megabytes(done.bytes)} MB`, `${seconds(done.tookMs)} s`];
    return { answer: done, text: [facts.join('  '), ...(done.outside ? [] : [inside])].join('\n') };
  },
};

const seconds = (ms: number) => (ms / 1000).toFixed(1);

const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
