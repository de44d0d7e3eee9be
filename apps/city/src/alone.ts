import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { Fault } from '@siaga/contracts';
import { isAlive } from './is-alive.ts';

/** What it guards takes milliseconds, or is not worth waiting for. */
const PATIENCE_MS = 5000;
const AGAIN_MS = 20;

/**
 * Runs `work` while no other process runs any on the same lock file, which says whose it is: `malang 4711 8f3a…`. One whose
 * process is gone from this machine is taken over. @throws Fault `conflict` when it does not go away: its process is
 * slow, or of another machine or container, where nobody but a person can tell it from one that was killed.
 */
export async function alone<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await isMade(lockFile))) {
    if (await isGone(lockFile)) continue;
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

/** For one of any number that try: a link appears whole or not at all. */
async function isMade(file: string): Promise<boolean> {
  const nonce = randomBytes(6).toString('hex');
  const mine = `${file}-${nonce}`;
  await writeFile(mine, `${hostname()} ${String(process.pid)} ${nonce}`, { mode: 0o600 });
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(mine);
  }
}

/**
 * Removes what a killed process left; true when it is gone. One at a time may remove the file of a certain nonce, therefore
 * what still has it when he looks is not a newer one.
 */
async function isGone(file: string): Promise<boolean> {
  const seen = await textOf(file);
  if (seen === undefined) return true;
  const [host, pid, nonce] = seen.split(' ');
  if (host !== hostname() || nonce === undefined || isAlive(Number(pid))) return false;
  const mayRemove = `${file}-gone-${nonce}`;
  try {
    await writeFile(mayRemove, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  if ((await textOf(file)) === seen) await rm(file);
  await rm(mayRemove);
  return true;
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

/** undefined when it is gone. What cannot be read is not gone: nobody but a person can tell whose it is. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new Fault('conflict', `${file} tidak bisa dibaca: milik pengguna lain? Jalankan sebagai pemiliknya, atau hapus bila tidak ada perintah yang berjalan · cannot be read: another user's? Run this as its owner, or remove it if no command is running`, { cause: error }); // prettier-ignore
  }
}
