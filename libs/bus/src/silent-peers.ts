import { systemServices } from '@siaga/contracts';
import type { EventLog, LogRecord } from './event-log.ts';
import { readThrough } from './read-through.ts';
import { topicOf } from './topics.ts';

/**
 * Keys of a service's reports that were not renewed for so long. Both ends of that time are read from the log's clock,
 * the newest report of the city being now: a machine whose clock is wrong must not take back the reports of the others.
 * An aborted look reads no further.
 */
export async function silentPeers(
  log: Pick<EventLog, 'follow'>,
  { city, service, silentForMs }: { city: string; service: string; silentForMs: number },
  signal?: AbortSignal,
): Promise<string[]> {
  const heardAtMs = new Map<string, number>();
  let nowMs = 0;
  const look = ({ key, value, timeMs }: LogRecord) => {
    nowMs = Math.max(nowMs, timeMs);
    if (value === null) heardAtMs.delete(key);
    else if (key.startsWith(`${service}@`)) heardAtMs.set(key, timeMs);
  };
  await readThrough(log, topicOf(city, systemServices), look, signal);
  return [...heardAtMs].filter(([, timeMs]) => nowMs - timeMs > silentForMs).map(([key]) => key);
}
