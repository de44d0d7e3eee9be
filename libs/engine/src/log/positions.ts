import { rm } from 'node:fs/promises';
import { open } from 'lmdb';

/** Of each partition the offset its next record would get. */
export type Positions = { topic: string; partition: number; next: number }[];

/** Where the log in a copy of the database ends. That it opens and answers is the proof that the copy is one. */
export async function positionsOf(file: string): Promise<{ logId: string; positions: Positions }> {
  const copy = open({ path: file, noSubdir: true, readOnly: true, maxDbs: 64 });
  try {
    const state = copy.openDB('log/state', { encoding: 'msgpack' });
    const positions: Positions = [];
    for (const { value } of state.getRange({ start: ['topic'], end: ['topic', '\uffff'] })) {
      const { id, settings } = value as { id: number; settings: { topic: string; partitions: number } };
      for (let partition = 0; partition < settings.partitions; partition++) {
        const end = state.get(['end', id, partition]) as { next: number } | undefined;
        positions.push({ topic: settings.topic, partition, next: end?.next ?? 0 });
      }
    }
    return { logId: String(state.get('logId')), positions };
  } finally {
    await copy.close();
    await rm(`${file}-lock`, { force: true });
  }
}
