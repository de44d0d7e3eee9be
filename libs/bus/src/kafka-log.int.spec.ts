import { createHook } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually, randomCities, startKafka } from '@siaga/testing';
import kafkajs from 'kafkajs';
import { conformance } from './conformance.ts';
import { openKafkaLog } from './kafka-log.ts';

const kafka = await startKafka();
afterAll(() => kafka?.stop());

if (kafka === undefined) {
  describe.skip('Kafka: an event log', () => undefined);
} else {
  conformance(
    'Kafka',
    () =>
      Promise.resolve({
        open: () => Promise.resolve(openKafkaLog(kafka.brokers)),
        env: { KAFKA_BROKERS: kafka.brokers },
        kill9: async () => kafka.kill9?.(),
        restart: async () => kafka.restart?.(),
        stop: () => Promise.resolve(),
      }),
    { kills: kafka.kill9 === undefined ? 0 : 2, engine: false },
  );

  describe('Kafka', () => {
    const [city = '1000'] = randomCities(1);
    const settings = { topic: `${city}.anew`, delivery: 'every', partitions: 1, keepForDays: 1 } as const;
    const record = (count: number) => ({ key: 'k', value: Buffer.from(String(count)), headers: {} });

    it('notices a topic that was deleted and made anew, and reads the new one from its start', async () => {
      const log = openKafkaLog(kafka.brokers);
      await log.ensure([settings]);
      await log.append(settings.topic, [1, 2, 3].map(record)); // prettier-ignore
      const { logId } = await log.ends(settings.topic);
      let seen: number[] = [];
      const following = await log.follow({
        topics: [{ topic: settings.topic, from: 'start' }],
        onBatch: ({ records }) => void seen.push(...records.map(({ value }) => Number(value))),
        onReset: () => {
          seen = [];
        },
      });
      await following.caughtUp;
      expect(seen).toEqual([1, 2, 3]);

      const admin = new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
      await admin.deleteTopics({ topics: [settings.topic] });
      await admin.disconnect();
      const other = openKafkaLog(kafka.brokers);
      await eventually(async () => {
        await other.ensure([settings]);
        await other.append(settings.topic, [4, 5, 6, 7].map(record)); // prettier-ignore
      }, 30_000);
      await eventually(() => {
        expect(seen.slice(0, 4)).toEqual([4, 5, 6, 7]);
      }, 60_000);
      expect((await other.ends(settings.topic)).logId).not.toBe(logId);
      await following.close();
      await Promise.all([log.close(), other.close()]);
    }, 120_000);

    it('sleeps when nothing happens', async () => {
      const log = openKafkaLog(kafka.brokers);
      await log.ensure([{ ...settings, topic: `${city}.idle` }]);
      const following = await log.follow({
        topics: [{ topic: `${city}.idle`, from: 'start' }],
        onBatch: () => undefined,
      });
      const timers = (await timersSetIn(1000)) / 1000;
      expect(timers).toBeLessThan(0.1); // per millisecond; kafkajs as it comes sets one each, on each connection
      await following.close();
      await log.close();
    });
  });
}

/** How many timers begin while nothing is done for so long. */
async function timersSetIn(ms: number): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_, type) => {
      if (type === 'Timeout') count++;
    },
  }).enable();
  await delay(ms);
  hook.disable();
  return count;
}
