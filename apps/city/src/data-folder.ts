import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finishRestore } from '@siaga/engine';
import { ConfigError } from '@siaga/service';
import { z } from 'zod';

const RunningCity = z.object({
  pid: z.number().int(),
  /** Where the gateway answers on this machine. */
  url: z.string(),
  city: z.string(),
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

  /** The secret that signs access tokens. */
  async secret(): Promise<string> {
    const [secret] = await this.secrets();
    if (secret === undefined) throw new ConfigError('SIAGA_SECRET names no secret.');
    return secret;
  }

  /** All secrets that verify tokens, the signing one first: the given ones, or one made at the first start for its owner only. */
  async secrets(): Promise<readonly string[]> {
    if (this.#givenSecrets !== undefined) return this.#givenSecrets;
    const file = path.join(this.folder, 'secret');
    const mine = `${file}-${randomBytes(6).toString('hex')}`;
    await writeFile(mine, randomBytes(32).toString('base64url'), { mode: 0o600 });
    // a link appears whole or not at all, for one of any number that try
    await link(mine, file).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    await rm(mine);
    return (await readFile(file, 'utf8')).trim().split(',');
  }

  async recordRunning(running: RunningCity): Promise<void> {
    const file = path.join(this.folder, 'running.json');
    await writeFile(`${file}.new`, `${JSON.stringify(running)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  /** Only our own record: a start that was refused must not hide the city that runs. */
  async forgetRunning(): Promise<void> {
    if ((await this.running())?.pid === process.pid) await rm(path.join(this.folder, 'running.json'), { force: true });
  }

  /** The city that runs on this folder, or undefined. A record whose process is gone does not count. */
  async running(): Promise<RunningCity | undefined> {
    const text = await readFile(path.join(this.folder, 'running.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const running = RunningCity.parse(JSON.parse(text));
    return isAlive(running.pid) ? running : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
