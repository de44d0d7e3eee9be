import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault, type City } from '@siaga/contracts';
import { finishRestore } from '@siaga/engine';
import { ConfigError, readCities } from '@siaga/service';
import { z } from 'zod';

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
  /** Socket of the embedded log; absent with Kafka. */
  logSocket: z.string().optional(),
});

/** What the command line needs to reach a running city. */
export type RunningCity = z.infer<typeof RunningCity>;

/** `SIAGA_DATA`: log and documents (the engine's), the secret that signs tokens, and where the running city answers. */
export class DataFolder {
  readonly folder: string;

  readonly #givenSecrets: readonly string[] | undefined;

  /** Secrets from the environment win over the folder's own. */
  constructor(folder: string, secrets?: readonly string[]) {
    this.folder = path.resolve(folder);
    this.#givenSecrets = secrets;
  }

  /** Creates the folder and puts what was restored in its place, or says in one sentence why it cannot be used. */
  async open(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const probe = path.join(this.folder, `.write-${process.pid}`);
      await writeFile(probe, '');
      await rm(probe);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
      throw new ConfigError(
        `The data folder ${this.folder} cannot be written (${code}): give this user the right to write there, or choose another with SIAGA_DATA.`,
        { cause },
      );
    }
    await finishRestore(this.folder);
  }

  /** The secret to sign with: the running city's, also while a newer one waits for its restart. */
  async secret(): Promise<string> {
    const secrets = await this.secrets();
    const running = await this.running();
    const secret = secrets.find((candidate) => secretIdOf(candidate) === running?.secretId) ?? secrets[0];
    if (secret === undefined) throw new ConfigError('SIAGA_SECRET names no secret.');
    return secret;
  }

  /** All secrets that verify tokens, the signing one first: the given ones, or one made at the first start for its owner only. */
  async secrets(): Promise<readonly string[]> {
    if (this.#givenSecrets !== undefined) return this.#givenSecrets;
    const file = path.join(this.folder, 'secret');
    const mine = `${file}-${randomBytes(6).toString('hex')}`;
    await writeFile(mine, newSecret(), { mode: 0o600 });
    // a link appears whole or not at all, for one of any number that try
    await link(mine, file).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    await rm(mine);
    return (await readFile(file, 'utf8')).trim().split(',');
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

  /** Cities added to this installation. Throws a sentence when their file cannot be read. */
  cities(): City[] {
    return readCities(this.citiesFile);
  }

  /** Answers whether it is a new one; what was written of it before is replaced. */
  async addCity(city: City): Promise<boolean> {
    const others = this.cities().filter(({ code }) => code !== city.code);
    const isNew = others.length === this.cities().length;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.#replace('cities.json', `${JSON.stringify([...others, city], null, 2)}\n`);
    return isNew;
  }

  async recordRunning(running: z.input<typeof RunningCity>): Promise<void> {
    await this.#replace('running.json', `${JSON.stringify(running)}\n`);
  }

  /** Only our own record: a start that was refused must not hide the city that runs. */
  async forgetRunning(): Promise<void> {
    if ((await this.running())?.pid === process.pid) await rm(path.join(this.folder, 'running.json'), { force: true });
  }

  /** The city that runs on this folder, or undefined. A record whose process is gone does not count. */
  async running(): Promise<RunningCity | undefined> {
    const text = await readFile(path.join(this.folder, 'running.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const record: unknown = JSON.parse(text);
    // what a crash left behind may be of another version
    return isAlive(RunningCity.pick({ pid: true }).parse(record).pid) ? RunningCity.parse(record) : undefined;
  }

  /** Whole or not at all, for its owner only. */
  async #replace(name: string, text: string): Promise<void> {
    const file = path.join(this.folder, name);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}

/** Names a secret without telling it. */
export const secretIdOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url').slice(0, 8);

const newSecret = () => randomBytes(32).toString('base64url');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
