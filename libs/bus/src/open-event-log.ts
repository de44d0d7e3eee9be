import { connectLog } from '@siaga/engine';
import { Fault } from '@siaga/contracts';
import type { EventLog } from './event-log.ts';

/** Where the event log is: Kafka when `KAFKA_BROKERS` is set (`host:port,host:port`), else the engine's socket. */
export interface EventLogEnvironment {
  KAFKA_BROKERS?: string | undefined;
  SIAGA_ENGINE?: string | undefined;
}

/**
 * Opens the log the environment names. It connects by itself and stays connected. What is not answered within 8 s has
 * failed; `patience` is another time, for the embedded log.
 */
export async function openEventLog(
  env: EventLogEnvironment,
  patience: { answerWithinMs?: number } = {},
): Promise<EventLog> {
  if (env.KAFKA_BROKERS !== undefined && env.KAFKA_BROKERS !== '') {
    // loaded only when used: kafkajs costs start-up time
    const { openKafkaLog } = await import('./kafka-log.ts');
    return openKafkaLog(env.KAFKA_BROKERS);
  }
  if (env.SIAGA_ENGINE !== undefined && env.SIAGA_ENGINE !== '') return connectLog(env.SIAGA_ENGINE, patience);
  throw new Fault('unavailable', 'set KAFKA_BROKERS, or SIAGA_ENGINE to the socket of a running engine');
}
