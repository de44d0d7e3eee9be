import { open, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';

/** The work it guards takes milliseconds. */
const PATIENCE_MS = 5000;
const AGAIN_MS = 20;

/**
 * Runs `work` while no other process runs any on the same lock file, which is there for so long. @throws Fault `conflict`
 * when it does not go away: its process was killed in between, which nobody but a person can tell from one that is slow.
 */
export async function alone<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await isMade(lockFile))) {
    if (performance.now() > until)
      throw new Fault(
        'conflict',
        `perintah lain sedang menulis di sini; bila tidak ada yang berjalan, hapus ${lockFile} · another command is writing here; if none is running, remove that file`,
      );
    await setTimeout(AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** For one of any number that try. */
async function isMade(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
