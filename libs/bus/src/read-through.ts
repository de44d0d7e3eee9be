import type { EventLog, LogRecord } from './event-log.ts';

/**
 * Reads a topic once, from its first record to where it ended when reading began, in order per partition. `each` is waited
 * for, so memory holds one batch; its first error, or an abort, ends the reading and is thrown.
 */
export async function readThrough(
  log: Pick<EventLog, 'follow'>,
  topic: string,
  each: (record: LogRecord) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  let ended = false;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined); // it may fail before anybody waits
  const abort = () => {
    fail(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  const following = await log.follow({
    topics: [{ topic, from: 'start' }],
    onBatch: async ({ records }) => {
      try {
        for (const record of records) if (!ended) await each(record);
      } catch (error) {
        ended = true; // a rejection here would offer the same records again, for ever
        fail(error);
      }
    },
  });
  try {
    await Promise.race([following.caughtUp, failed]);
  } finally {
    ended = true;
    signal?.removeEventListener('abort', abort);
    await following.close();
  }
}
