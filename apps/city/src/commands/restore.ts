import path from 'node:path';
import { Fault } from '@siaga/contracts';
import type { Restored } from '@siaga/engine';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import type { Command } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';
import { quoted } from '../start-line.ts';

const Options = z.object({ from: z.string(), replace: z.boolean().default(false) });

/** `siaga restore`: puts a backup in the place of a stopped city's data. */
export const restore: Command = {
  summary: 'pulihkan cadangan ke folder data kota yang berhenti · put a backup into the data folder of a stopped city',
  usage: '--from <folder cadangan · backup> [--replace]',
  options: { from: { type: 'string' }, replace: { type: 'boolean' } },
  async run({ data, city, values, timeOf }) {
    const { from, replace } = optionsOf(Options, values);
    if ((await data.running()) !== undefined)
      throw new Fault(
        'conflict',
        `Siaga masih berjalan dengan folder data ${data.folder}: hentikan dulu · the city is running there: stop it first`,
      );
    const { restoreBackup } = await import('@siaga/engine');
    const manifest = await restoreBackup({ from: path.resolve(from), dataDir: data.folder, replace, city });
    return { answer: manifest, text: told(data.folder, timeOf(manifest.atMs), manifest) };
  },
};

/** A restored city knows no better than its backup, also whom to shut out: nobody may find that out by accident. */
function told(folder: string, made: string, { files, replaced }: Pick<Restored, 'files' | 'replaced'>): string {
  const check = [siagaCommand('user list'), siagaCommand('device list'), siagaCommand('secret rotate')];
  return `Cadangan ${made} dipulihkan ke ${folder}: nyalakan kota, setiap layar mulai dari awal.
The backup of ${made} is restored: start the city, every screen begins with a clean snapshot.

Yang terjadi sesudah ${made} batal, juga pemblokiran dan penghapusan, layar dan kunci yang dicabut, dan sesi yang diakhiri:
periksa orang, layar dan alat, beri kunci baru kepada alat yang kuncinya pernah diganti, dan ganti rahasia kota.
What happened after ${made} is undone, also blocks and erasures, revoked screens and keys, and ended sessions:
check people, screens and devices, give new keys to devices whose keys were changed, and rotate the city's secret.
${check.map((command) => `  ${command}`).join('\n')}${files.some(({ name }) => name.startsWith('tls/')) ? certificateTold : ''}${replaced === undefined ? '' : asideTold(replaced)}`;
}

/** Whole, so that nothing of it is mixed in; secret as before, and as big. */
const asideTold = (replaced: string) => `

Yang ada di sana sebelumnya (data, rahasia, kota tambahan, sertifikat) utuh di ${replaced}: hapus bila tidak diperlukan lagi.
What was there before (data, secret, added cities, certificates) lies whole in that folder: remove it once it is not needed.
  rm -r ${quoted(replaced)}`;

/** One that was made later is gone with the rest: phones go on trusting the authority that signed both. */
const certificateTold = `

Sertifikat kota juga dari cadangan; bila sudah lewat waktunya, perbarui.
The city's certificate is that of the backup, too; renew it if its time is over.
  ${siagaCommand('certificate renew')}`;
