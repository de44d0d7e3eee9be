import type { Stream } from '@siaga/contracts';
import type { TopicSettings } from './event-log.ts';

/** `<city>.<stream>`: the topic that carries a stream for a city. */
export function topicOf(city: string, stream: Stream): string {
  return `${city}.${stream.name}`;
}

/** How a city's topic of a stream is kept. */
export function topicSettings(city: string, stream: Stream): TopicSettings {
  const { delivery, partitions, keepForDays } = stream;
  return { topic: topicOf(city, stream), delivery, partitions, keepForDays };
}
