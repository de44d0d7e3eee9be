import { randomInt } from 'node:crypto';
import type { TopicSettings } from './event-log.ts';

/**
 * The setting that carries a topic's mark. No client of ours can read a topic's id, so that a topic deleted and made anew
 * would look the same; flushing after so many records has no effect, and the number tells one topic from another.
 */
export const MARK = 'flush.messages';
const MARK_FLOOR = 1_000_000_000_000_000;
const DAY_MS = 24 * 3600_000;

/** How a topic is made. */
export function topicConfig(settings: TopicSettings) {
  const mark = String(MARK_FLOOR + randomInt(2 ** 47));
  return {
    topic: settings.topic,
    numPartitions: settings.partitions,
    configEntries: configEntries(settings, mark),
  };
}

/** A topic's settings in Kafka's words; `mark` is the one it got when it was made. */
export function configEntries(settings: TopicSettings, mark: string | undefined): { name: string; value: string }[] {
  const compaction = {
    'cleanup.policy': 'compact,delete',
    // with the defaults a small topic is never compacted, and every reader would replay all of it
    'segment.ms': '600000',
    'max.compaction.lag.ms': '600000',
    'delete.retention.ms': String(DAY_MS),
  };
  const entries = {
    ...(settings.delivery === 'latest' ? compaction : { 'cleanup.policy': 'delete' }),
    'retention.ms': retentionMs(settings),
    'message.timestamp.type': 'LogAppendTime',
    ...(mark === undefined ? {} : { [MARK]: mark }),
  };
  return Object.entries(entries).map(([name, value]) => ({ name, value }));
}

/** `retention.ms` of a topic. */
export const retentionMs = ({ keepForDays }: TopicSettings) => String(Math.round(keepForDays * DAY_MS));
