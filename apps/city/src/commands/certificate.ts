import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cities } from '@siaga/contracts';
import { z } from 'zod';
import type { Certificates, Issued } from '../certificates/certificates.ts';
import { optionsOf } from '../option-words.ts';
import { startLine } from '../start-line.ts';
import type { Command, CommandInput } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';

/** Browsers refuse leaf certificates that are good for longer. */
const MOST_DAYS = 397;

const Days = z.coerce.number().int().min(1).max(MOST_DAYS).default(MOST_DAYS);

const Options = z.object({ name: z.array(z.string()).default([]), days: Days });

/** `siaga certificate make`: HTTPS without anybody else, by an authority of one's own that phones are told to trust. */
export const make: Command = {
  summary: 'sertifikat sendiri untuk HTTPS, juga untuk alamat mesin ini · a certificate of our own for HTTPS',
  usage: '[--name <host | ip>]… [--days 397]',
  options: { name: { type: 'string', multiple: true }, days: { type: 'string' } },
  async run(input) {
    const { name, days } = optionsOf(Options, input.values);
    const certificates = await certificatesOf(input);
    return told(input, certificates, await certificates.make(name, days));
  },
};

/** `siaga certificate renew`: the same names, a new key, good for another while; phones need nothing new. */
export const renew: Command = {
  summary: 'nama yang sama, masa berlaku baru; ponsel tidak perlu apa-apa · the same for another while',
  usage: '[--days 397]',
  options: { days: { type: 'string' } },
  async run(input) {
    const { days } = optionsOf(z.object({ days: Days }), input.values);
    const certificates = await certificatesOf(input);
    return told(input, certificates, await certificates.renew(days));
  },
};

/** The certificate's code is loaded by the commands that need it. */
async function certificatesOf({ data, city }: CommandInput): Promise<Certificates> {
  data.assertCity();
  const { Certificates } = await import('../certificates/certificates.ts');
  return new Certificates(data.folder, `Siaga ${cities[city]?.name ?? city}`);
}

async function told({ timeOf }: CommandInput, { files }: Certificates, { names, expiresAtMs }: Issued) {
  const tls = { TLS_CERT_FILE: files.certificate, TLS_KEY_FILE: files.key };
  const { fingerprint256 } = new X509Certificate(await readFile(files.authority));
  const text = `Sertifikat · certificate: ${names.join(', ')}
berlaku sampai · good until ${timeOf(expiresAtMs)}; perpanjang · renew: ${siagaCommand('certificate renew')}

Mulai dengan HTTPS · start with HTTPS:
  ${startLine(process.env, tls)}
Sebagai layanan: tulis kedua TLS_… itu di /etc/siaga/siaga.env · as a service: write both TLS_… into that file

Ponsel, sekali saja · phones, once: ${files.authority}
  Salin berkas itu ke ponsel lewat kabel, surel atau WhatsApp (sebagai dokumen); isinya bukan rahasia
  Copy that file to the phone by cable, mail or WhatsApp (as a document); it is no secret
  Android: Setelan › Keamanan › Enkripsi & kredensial › Instal sertifikat › Sertifikat CA
           Settings › Security › Encryption & credentials › Install a certificate › CA certificate
  iPhone:  buka berkas itu, Setelan › Profil Diunduh › Instal; lalu Umum › Mengenai › Pengaturan Kepercayaan Sertifikat
           open the file, Settings › Profile Downloaded › Install; then General › About › Certificate Trust Settings
  Cocokkan di ponsel, SHA-256 · compare on the phone: ${fingerprint256}

Siapa pun yang memegang ${files.authorityKey} dapat menyamar sebagai situs mana pun di ponsel itu: jangan dibagikan
Whoever holds that key can pass for any site on those phones: share it with nobody`;
  return { answer: { names, expiresAtMs, files }, text };
}
