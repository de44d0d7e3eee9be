import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { Fault } from '@siaga/contracts';
import { networkAddresses } from '../addresses.ts';
import { siagaCommand } from '../siaga-command.ts';
import { expiryOf, issueCertificate, makeAuthority, namesOf, type Pair } from './issue.ts';

/** What was issued. */
export interface Issued {
  names: readonly string[];
  expiresAtMs: number;
}

/** RFC 1123 host names; a star may stand for the first part. */
const hostName = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The city's own authority and its certificate, in `tls` of the data folder, for their owner only. */
export class Certificates {
  /** Paths. */
  readonly files: { authority: string; authorityKey: string; certificate: string; key: string };

  readonly #folder: string;
  readonly #authorityName: string;

  constructor(dataFolder: string, authorityName: string) {
    this.#folder = path.join(dataFolder, 'tls');
    this.#authorityName = authorityName;
    const file = (name: string) => path.join(this.#folder, name);
    this.files = {
      ...{ authority: file('ca.crt'), authorityKey: file('ca.key') },
      ...{ certificate: file('city.crt'), key: file('city.key') },
    };
  }

  /** A certificate for these names and for every way this machine is reached now. The authority is made once. */
  async make(names: readonly string[], days: number): Promise<Issued> {
    const all = new Set([...names.map(nameOf), ...['localhost', '127.0.0.1', '::1'], ...networkAddresses()]);
    const pair = await issueCertificate(await this.#authority(), [...all], days);
    await this.#write(this.files.key, pair.key);
    await this.#write(this.files.certificate, pair.certificate);
    return { names: [...all], expiresAtMs: expiryOf(pair.certificate) };
  }

  /** The same names once more, with a new key. */
  async renew(days: number): Promise<Issued> {
    const certificate = await read(this.files.certificate);
    if (certificate === undefined)
      throw new Fault(
        'not-found',
        `belum ada sertifikat di ${this.#folder} · there is no certificate yet: ${siagaCommand('certificate make --name <host>')}`,
      );
    return this.make(namesOf(certificate), days);
  }

  async #authority(): Promise<Pair> {
    const certificate = await read(this.files.authority);
    const key = await read(this.files.authorityKey);
    if (certificate !== undefined && key !== undefined) return { certificate, key };
    const pair = await makeAuthority(this.#authorityName);
    await this.#write(this.files.authorityKey, pair.key);
    await this.#write(this.files.authority, pair.certificate);
    return pair;
  }

  async #write(file: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}

function nameOf(text: string): string {
  const name = text.toLowerCase();
  if (isIP(name) !== 0 || hostName.test(name)) return name;
  throw new Fault(
    'invalid',
    `bukan nama host atau alamat IP · not a host name or an IP address: ${text}; misalnya · for example siaga.kota.go.id`,
  );
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
