import { afterAll, describe, it } from '@jest/globals';
import { startKafka } from '@siaga/testing';

/** The doors once more, on a real Kafka: they take the brokers of `KAFKA_BROKERS`. */
const kafka = process.env['KAFKA_BROKERS'] === undefined ? await startKafka() : undefined;

if (kafka === undefined) {
  describe('waste on Kafka', () => {
    it.skip('needs a broker of its own', () => undefined);
  });
} else {
  process.env['KAFKA_BROKERS'] = kafka.brokers;
  await import('./ingest.int.spec.ts');
  afterAll(() => kafka.stop());
}
