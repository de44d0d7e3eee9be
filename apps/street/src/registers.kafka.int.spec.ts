import { afterAll, describe, it } from '@jest/globals';
import { startKafka } from '@siaga/testing';

/** Registers and exercises once more, on a real Kafka: they take the brokers of `KAFKA_BROKERS`. */
const kafka = process.env['KAFKA_BROKERS'] === undefined ? await startKafka() : undefined;

if (kafka === undefined) {
  describe('street on Kafka', () => {
    it.skip('needs a broker of its own', () => undefined);
  });
} else {
  process.env['KAFKA_BROKERS'] = kafka.brokers;
  await import('./registers.int.spec.ts');
  afterAll(() => kafka.stop());
}
