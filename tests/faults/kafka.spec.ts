import { afterAll, describe } from '@jest/globals';
import { startKafka } from '@siaga/testing';
import { kafkaScenes, longKafkaScenes, type OwnKafka } from './kafka/scenes.ts';
import { describeCity } from './ledger/describe-city.ts';
import { isLong } from './ledger/extent.ts';

const kafka = await startKafka();
afterAll(() => kafka?.stop());

if (kafka?.proxy === undefined) describe.skip('a city on Kafka', () => undefined);
else {
  const own = kafka as OwnKafka;
  const short = kafkaScenes(own);
  const plan = [...short, ...longKafkaScenes(own)];
  describeCity({
    on: 'Kafka',
    env: () => ({ KAFKA_BROKERS: own.proxy.address }),
    ...{ plan, scenes: isLong ? plan : short },
  });
}
