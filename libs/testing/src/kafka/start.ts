import { missingJavaTool } from '../java.ts';
import { startKafkaInDocker, dockerAnswers } from './docker.ts';
import { startKafkaInJava } from './java-broker.ts';
import type { TestKafka } from './test-kafka.ts';

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
