import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const script = path.resolve(import.meta.dirname, '../../../dist/apps/city/siaga.js');

/** The command line of the build, on a data folder, as an administrator calls it. */
export class CommandLine {
  readonly #env: Readonly<Record<string, string>>;

  constructor(dataDir: string, env: Readonly<Record<string, string>> = {}) {
    this.#env = { ...env, NODE_OPTIONS: '', SIAGA_DATA: dataDir };
  }

  /** What it printed; rejects when it refused. */
  async run(...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.#env };
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { env });
    return stdout.trim();
  }

  /** What it answered to `--json`. */
  async json<Answer>(...args: string[]): Promise<Answer> {
    return JSON.parse(await this.run(...args, '--json')) as Answer;
  }

  /** What it said when it refused. */
  refusalOf(...args: string[]): Promise<string> {
    return this.run(...args).then(
      () => 'not refused',
      (error: unknown) => (error as { stderr: string }).stderr,
    );
  }
}
