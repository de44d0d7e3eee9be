import { cities, parse } from '@siaga/contracts';
import { z } from 'zod';
import type { Certificates } from '../certificates/certificates.ts';
import type { Command, CommandInput } from './command.ts';

/** Browsers refuse leaf certificates that are good for longer. */
const MOST_DAYS = 397;

const Days = z.coerce.number().int().min(1).max(MOST_DAYS).default(MOST_DAYS);

const Options = z.object({ name: z.array(z.string()).default([]), days: Days });

/** `siaga certificate make`: HTTPS without anybody else, by an authority of one's own that phones are told to trust. */
export const make: Command = {
  summary: "[--name <host or ip>]… [--days 397]: a certificate of our own for HTTPS, also for this machine's addresses",
  options: { name: { type: 'string', multiple: true }, days: { type: 'string' } },
  async run(input) {
    const { name, days } = parse(Options, input.values, 'options');
    const certificates = await certificatesOf(input);
    return told(certificates, await certificates.make(name, days));
  },
};

/** `siaga certificate renew`: the same names, a new key, good for another while; phones need nothing new. */
export const renew: Command = {
  summary: '[--days 397]: the same for another while; phones need nothing new',
  options: { days: { type: 'string' } },
  async run(input) {
    const { days } = parse(z.object({ days: Days }), input.values, 'options');
    const certificates = await certificatesOf(input);
    return told(certificates, await certificates.renew(days));
  },
};

/** The certificate's code is loaded by the commands that need it. */
async function certificatesOf({ data, city }: CommandInput): Promise<Certificates> {
  const { Certificates } = await import('../certificates/certificates.ts');
  return new Certificates(data.folder, `Siaga ${cities[city]?.name ?? city}`);
}

function told({ files }: Certificates, { names, expiresAtMs }: { names: readonly string[]; expiresAtMs: number }) {
  const until = new Date(expiresAtMs).toISOString();
  const text = `Sertifikat · certificate: ${names.join(', ')}
berlaku sampai · good until ${until.slice(0, 10)}; perpanjang · renew: npm run -s siaga -- certificate renew

Mulai dengan HTTPS · start with HTTPS:
  TLS_CERT_FILE=${files.certificate} TLS_KEY_FILE=${files.key} npm start -- --lan

Ponsel, sekali saja · phones, once: ${files.authority}
  Android: Setelan › Keamanan › Enkripsi & kredensial › Instal sertifikat › Sertifikat CA
           Settings › Security › Encryption & credentials › Install a certificate › CA certificate
  iPhone:  buka berkas itu, Setelan › Profil Diunduh › Instal; lalu Umum › Mengenai › Pengaturan Kepercayaan Sertifikat
           open the file, Settings › Profile Downloaded › Install; then General › About › Certificate Trust Settings

Siapa pun yang memegang ${files.authorityKey} dapat menyamar sebagai situs mana pun di ponsel itu: jangan dibagikan
Whoever holds that key can pass for any site on those phones: share it with nobody`;
  return { answer: { names, expiresAtMs, files }, text };
}
