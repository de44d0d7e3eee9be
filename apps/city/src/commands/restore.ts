import path from 'node:path';
import { restoreBackup } from '@siaga/engine';
import { Fault } from '@siaga/contracts';
import type { Command } from './command.ts';

/** `siaga restore`: puts a backup in the place of a stopped city's data. */
export const restore: Command = {
  summary: '--from <backup> [--replace]: put a backup into the data folder of a stopped city',
  options: { from: { type: 'string' }, replace: { type: 'boolean' } },
  async run({ data, city, values }) {
    const { from, replace } = values;
    if (typeof from !== 'string')
      throw new Fault('invalid', 'name a backup with --from: the folder that holds its manifest.json');
    if ((await data.running()) !== undefined)
      throw new Fault('conflict', `Siaga masih berjalan dengan folder data ${data.folder} · stop the city first`);
    const manifest = await restoreBackup({
      from: path.resolve(from),
      dataDir: data.folder,
      replace: replace === true,
      city,
    });
    const made = new Date(manifest.atMs).toISOString();
    return {
      answer: manifest,
      text: `${data.folder}: cadangan ${made} dipulihkan · restored; start the city, every screen begins with a clean snapshot`,
    };
  },
};
