import { missingJavaTool } from '../java.ts';
import { startKafkaInDocker, dockerAnswers } from './docker.ts';
import { startKafkaInJava } from './java-broker.ts';

/** A real Apache Kafka with one broker. */
export interface TestKafka {
  /** `127.0.0.1:43210`, as in `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** Ends it without warning; absent for a broker of somebody else's. */
  readonly kill9?: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}

/**
 * Kafka for tests: the brokers of `KAFKA_BROKERS`, else one in Java from Maven Central, else one in Docker. Returns
 * `undefined`, and says so, where none of them is possible; with `CI=true` that is a failure.
 */
export async function startKafka(): Promise<TestKafka | undefined> {
  const brokers = process.env['KAFKA_BROKERS'];
  if (brokers !== undefined && brokers !== '') return { brokers, stop: () => Promise.resolve() };
  const missing = await missingJavaTool();
  if (missing === undefined) return startKafkaInJava();
  if (await dockerAnswers()) return startKafkaInDocker();
  const skipped = `Kafka needs KAFKA_BROKERS, or ${missing}, or Docker`;
  if (process.env['CI'] === 'true') throw new Error(skipped);
  process.stderr.write(`\nSKIPPED: ${skipped}\n`);
  return undefined;
}
