import type { EventLog } from '@siaga/bus';
import { runningCity } from './running-city.ts';
import type { CommandInput } from './command.ts';

/** Opens the log of the running city, or the Kafka that the environment names, for one command. */
export async function withLog<Result>(
  { data }: Pick<CommandInput, 'data'>,
  use: (log: EventLog) => Promise<Result>,
): Promise<Result> {
  const { KAFKA_BROKERS } = process.env;
  const { openEventLog } = await import('@siaga/bus'); // slow to load: by who needs it
  const log = await openEventLog(
    KAFKA_BROKERS === undefined ? { SIAGA_ENGINE: (await runningCity(data)).logSocket } : { KAFKA_BROKERS },
  );
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}
