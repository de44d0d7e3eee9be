import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Link } from '../log/link.ts';
import type { BackupRequest, BackupState } from './backups.ts';

const ASK_EVERY_MS = 200;

export interface BackupOptions extends Omit<BackupRequest, 'backupId'> {
  onProgress?: (progress: { bytes: number; of: number }) => void;
}

/**
 * Asks the engine at a socket for a backup and waits until it is whole. @throws Fault `conflict` while another is being
 * made, `unavailable` when there is no room or no engine.
 */
export async function makeBackup(
  logSocket: string,
  { onProgress, ...options }: BackupOptions,
): Promise<Extract<BackupState, { done: true }>> {
  const backupId = randomUUID();
  const nothing = () => undefined;
  const link = new Link(logSocket, {
    connected: () => Promise.resolve(),
    ready: nothing,
    disconnected: nothing,
    push: nothing,
  });
  try {
    for (;;) {
      // the same words begin it and ask for it: after a reconnect nothing is begun twice
      const state = (await link.request({ op: 'backup', backupId, ...options })) as BackupState;
      if (state.done) return state;
      onProgress?.(state);
      await delay(ASK_EVERY_MS);
    }
  } finally {
    link.close();
  }
}
