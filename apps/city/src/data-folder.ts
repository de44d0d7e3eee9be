import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault, type City } from '@siaga/contracts';
import { CityRecords, readCities } from '@siaga/service/city-records';
import { ConfigError, servedCities, type ServiceConfig } from '@siaga/service/config';
import { z } from 'zod';
import { alone } from './alone.ts';
import { isAlive } from './is-alive.ts';
import { siagaCommand } from './siaga-command.ts';

const RunningCity = z.object({
  pid: z.number().int(),
  /** Where people at this machine open it. */
  url: z.string(),
  /** Where our own processes reach it: on loopback, without TLS. */
  plainUrl: z.string(),
  /** Where other machines reach it; empty unless it listens on the network. */
  addresses: z.array(z.string()),
  /** Home city. */
  city: z.string(),
  /** All that are served. */
  cities: z.array(z.string()),
  /** Names the secret it signs with; see {@link secretIdOf}. */
  secretId: z.string(),
  /** Where each of its apps answers our own processes, by name. */
  apps: z.record(z.string(), z.string()).default({}),
  /** Socket of the embedded log; absent with Kafka. */
  logSocket: z.string().optional(),
});

/** What the command line needs to reach a running city. */
export type RunningCity = z.infer<typeof RunningCity>;

/** `SIAGA_DATA`: log and documents (the engine's), the secret that signs tokens, and where the running city answers. */
export class DataFolder {
  readonly folder: string;

  readonly #givenSecrets: readonly string[] | undefined;
  #recorded: string | undefined;

  /** Secrets from the environment win over the folder's own. */
  constructor(folder: string, secrets?: readonly string[]) {
    this.folder = path.resolve(folder);
    this.#givenSecrets = secrets;
  }

  /**
   * Makes it a city's: creates the folder, makes the secret unless one is given. Says in one sentence why it cannot be used.
   */
  async open(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const probe = path.join(this.folder, `.write-${process.pid}`);
      await writeFile(probe, '');
      await rm(probe);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
      throw new ConfigError(
        `Folder data ${this.folder} tidak dapat ditulis (${code}): beri pengguna ini hak menulis di sana, atau pilih yang lain dengan SIAGA_DATA.
The data folder ${this.folder} cannot be written (${code}): give this user the right to write there, or choose another with SIAGA_DATA.`,
        { cause },
      );
    }
    if (this.#givenSecrets === undefined) await this.#makeSecret();
  }

  /** Puts what was restored whole in its place, before anything here is read. */
  async endRestore(): Promise<void> {
    const { endRestore } = await import('@siaga/engine'); // not for every command that only reads here
    await endRestore(this.folder);
  }

  /** @throws Fault `not-found` unless a city was started here once: nothing is made in a folder that somebody mistyped. */
  assertCity(): void {
    const holds = (name: string) => existsSync(path.join(this.folder, name));
    const known = this.#givenSecrets === undefined ? ['secret', 'siaga.lmdb', 'running.json'] : ['.'];
    if (known.some(holds)) return;
    throw new Fault(
      'not-found',
      `Tidak ada kota di folder ${this.folder}: nyalakan sekali dengan npm start, atau sebutkan foldernya dengan SIAGA_DATA.
No city lives in ${this.folder}: start one there with npm start, or name its folder with SIAGA_DATA.`,
    );
  }

  /** The secret to sign with: the running city's, also while a newer one waits for its restart. */
  async secret(): Promise<string> {
    const secrets = await this.secrets();
    const running = await this.running();
    const secret = secrets.find((candidate) => secretIdOf(candidate) === running?.secretId) ?? secrets[0];
    if (secret === undefined) throw new ConfigError('SIAGA_SECRET kosong · SIAGA_SECRET names no secret.');
    return secret;
  }

  /** All secrets that verify tokens, the signing one first: the given ones, or those of the folder. */
  async secrets(): Promise<readonly string[]> {
    if (this.#givenSecrets !== undefined) return this.#givenSecrets;
    const text = await textOf(path.join(this.folder, 'secret'));
    if (text !== undefined) return text.trim().split(',');
    this.assertCity();
    throw new Fault(
      'not-found',
      `rahasia kota ini tidak ada di ${this.folder}: beri SIAGA_SECRET yang sama dengan kotanya · the secret of this city is not in its folder: set the SIAGA_SECRET that the city has`,
    );
  }

  /** For its owner only. Once: of any number that try at once, one makes it. */
  async #makeSecret(): Promise<void> {
    const file = path.join(this.folder, 'secret');
    const mine = `${file}-${randomBytes(6).toString('hex')}`;
    await writeFile(mine, newSecret(), { mode: 0o600 });
    // a link appears whole or not at all, for one of any number that try
    await link(mine, file).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    await rm(mine);
  }

  /**
   * Puts a new secret before the one that signs, which still verifies; the one before that is dropped. It counts from the
   * next start on, and there is no second rotation before it: the running city would know neither secret.
   */
  async rotateSecret(): Promise<void> {
    if (this.#givenSecrets !== undefined)
      throw new Fault(
        'invalid',
        'rahasia datang dari SIAGA_SECRET: tulis yang baru di depan yang lama, dipisah koma, lalu mulai ulang · the secret comes from SIAGA_SECRET: write the new one before the old one, with a comma between, then restart; openssl rand -base64 32 makes one',
      );
    const [signing = ''] = await this.secrets();
    const running = await this.running();
    if (running !== undefined && running.secretId !== secretIdOf(signing))
      throw new Fault(
        'conflict',
        'rahasia yang dibuat sebelumnya belum dipakai: mulai ulang Siaga dulu · the secret made before is not in use yet: restart the city first',
      );
    await this.#replace('secret', `${newSecret()},${signing}`);
  }

  /** Where cities beyond those of this build are written down. */
  get citiesFile(): string {
    return path.join(this.folder, 'cities.json');
  }

  /** Where imported street maps are, unless the environment says otherwise. */
  get mapFolder(): string {
    return path.join(this.folder, 'map');
  }

  /** Cities added to this installation. Throws a sentence when their file cannot be read. */
  cities(): City[] {
    try {
      return readCities(this.citiesFile);
    } catch (cause) {
      throw new Fault('invalid', `daftar kota tidak terbaca · ${cause instanceof Error ? cause.message : ''}`, {
        cause,
      });
    }
  }

  /**
   * What is written of the home city, the first of those that are asked for. @throws ConfigError that says how to add each
   * of them that nobody wrote down: it would be served without a name and a place.
   */
  homeCity({ SIAGA_CITY, SIAGA_CITIES = [] }: Pick<ServiceConfig, 'SIAGA_CITY' | 'SIAGA_CITIES'>): City {
    const records = new CityRecords(this.cities());
    const home = records.of(SIAGA_CITY);
    const missing = servedCities({ SIAGA_CITY, SIAGA_CITIES }).filter((code) => records.of(code) === undefined);
    if (home !== undefined && missing.length === 0) return home;
    const refusals = missing.map((code) => {
      const asked = code === SIAGA_CITY ? `SIAGA_CITY=${code}` : `SIAGA_CITIES=${SIAGA_CITIES.join(',')}`;
      const adding = `${asked} ${siagaCommand(`city add ${code} --name "Kota …" --centre=-7.98,112.63`)}`;
      return `${asked}: kota ${code} belum ditulis, tambahkan dulu · nobody wrote down city ${code}, add it first:\n  ${adding}`;
    });
    throw new ConfigError(refusals.join('\n'));
  }

  /**
   * The cities added so far, and a file of them for the processes of this start: whoever edits {@link citiesFile}
   * meanwhile harms none of them.
   */
  async keepCities(): Promise<{ added: string[]; file: string }> {
    const cities = this.cities();
    await this.#replace('running-cities.json', JSON.stringify(cities));
    return { added: cities.map(({ code }) => code), file: path.join(this.folder, 'running-cities.json') };
  }

  /**
   * Answers whether it is a new one; what was written of it before is replaced. A folder that holds no city yet takes only
   * those that its start is to serve. Of several that add at once none loses what another added.
   */
  async addCity(city: City, { toServe }: { toServe: readonly string[] }): Promise<boolean> {
    if (toServe.includes(city.code)) await mkdir(this.folder, { recursive: true, mode: 0o700 });
    else this.assertCity();
    return alone(`${this.citiesFile}.lock`, async () => {
      const before = this.cities();
      const others = before.filter(({ code }) => code !== city.code);
      await this.#replace('cities.json', `${JSON.stringify([...others, city], null, 2)}\n`);
      return others.length === before.length;
    });
  }

  async recordRunning(running: z.input<typeof RunningCity>): Promise<void> {
    this.#recorded = `${JSON.stringify(running)}\n`;
    await this.#replace('running.json', this.#recorded);
  }

  /**
   * Only our own record: a start that was refused must not hide the city that runs. Its process number tells nothing: in
   * containers that share a folder each city may be number 1.
   */
  async forgetRunning(): Promise<void> {
    const file = path.join(this.folder, 'running.json');
    if (this.#recorded !== undefined && (await textOf(file)) === this.#recorded) await rm(file, { force: true });
  }

  /** The city that runs on this folder, or undefined. A record whose process is gone does not count. */
  async running(): Promise<RunningCity | undefined> {
    const record = parsed((await textOf(path.join(this.folder, 'running.json'))) ?? '');
    // what a crash left behind may be torn, or of another version
    const { data: left } = RunningCity.pick({ pid: true }).safeParse(record);
    if (left === undefined || !isAlive(left.pid)) return undefined;
    const { data: running } = RunningCity.safeParse(record);
    if (running !== undefined) return running;
    throw new Fault(
      'conflict',
      'kota yang berjalan di sini dari versi Siaga yang lain: mulai ulang dulu · the city that runs here is of another version of Siaga: restart it first',
    );
  }

  /** Whole or not at all, for its owner only. */
  async #replace(name: string, text: string): Promise<void> {
    const file = path.join(this.folder, name);
    const mine = `${file}-${randomBytes(6).toString('hex')}`;
    await writeFile(mine, text, { mode: 0o600 });
    await rename(mine, file);
  }
}

/** Names a secret without telling it. */
export const secretIdOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 8);

/** undefined when there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return undefined;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const newSecret = () => randomBytes(32).toString('base64url');
