import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Takes the one write lock of a database and never lets go by itself. */
const holderSource = `
  import { writeSync } from 'node:fs';
  import { open } from 'lmdb';
  const env = open({ path: process.argv[1], noSubdir: true, overlappingSync: false, maxDbs: 4096 });
  env.transactionSync(() => {
    writeSync(1, 'held');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/**
 * Makes every write of the engine on a data folder hang for real while its event loop goes on: another process holds
 * LMDB's write lock. Resolves once it does; what is answered ends it.
 */
export async function stallWrites(dataDir: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holderSource, path.join(dataDir, 'siaga.lmdb')], {
    cwd: path.resolve(import.meta.dirname, '../../engine'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  if (child.exitCode !== null) throw new Error('the write lock could not be taken');
  return async () => {
    child.kill('SIGKILL');
    await exited;
  };
}
