import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { open } from 'lmdb';
import type { LastBackup } from './store.ts';

/**
 * Makes the log in a copied database another one: with a new id, so that every position of before fails cleanly, and
 * kept since now. Nobody else may have the copy open.
 */
export async function renewLog(file: string, { atMs, bytes }: LastBackup): Promise<void> {
  const copy = open({ path: file, noSubdir: true, overlappingSync: false, maxDbs: 64 });
  try {
    const state = copy.openDB('log/state', { encoding: 'msgpack' });
    copy.transactionSync(() => {
      state.putSync('logId', randomUUID());
      state.putSync('sinceMs', Date.now());
      state.putSync('lastBackup', { atMs, bytes });
    });
  } finally {
    await copy.close();
    await rm(`${file}-lock`, { force: true });
  }
}
