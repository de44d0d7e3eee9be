import { createHook } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Health } from '@siaga/service';
import { eventually, randomCities, startKafka } from '@siaga/testing';
import kafkajs from 'kafkajs';
import { watchBus } from './bus-health.ts';
import { conformance } from './conformance.ts';
import { EventTransport } from './event-transport.ts';
import { openKafkaLog } from './kafka-log.ts';
import { WatchedLog } from './watched-log.ts';

const { roundRobin } = kafkajs.PartitionAssigners;

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
    const kafkaClient = () => new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING });
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

      const admin = kafkaClient().admin();
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

    it('has topics made by whoever comes first, when the processes of a city start at once', async () => {
      const names = Array.from({ length: 20 }, (_, at) => ({ ...settings, topic: `${city}.new-${String(at)}` }));
      const logs = Array.from({ length: 6 }, () => openKafkaLog(kafka.brokers));
      await Promise.all(logs.map((log) => log.ensure(names)));
      for (const { topic } of names)
        await eventually(async () => {
          expect((await logs[0]?.ends(topic))?.partitions).toHaveLength(1);
        });
      await Promise.all(logs.map((log) => log.close()));
    }, 60_000);

    it('makes a topic of its own anew when somebody deletes it', async () => {
      const log = openKafkaLog(kafka.brokers);
      const gone = { ...settings, topic: `${city}.gone` };
      await log.ensure([gone]);
      await log.append(gone.topic, [record(1)]);
      let seen: number[] = [];
      const following = await log.follow({
        topics: [{ topic: gone.topic, from: 'start' }],
        onBatch: ({ records }) => void seen.push(...records.map(({ value }) => Number(value))),
        // once or twice: a topic about to go may have shed its mark already
        onReset: () => (seen = []),
      });
      await following.caughtUp;
      const admin = kafkaClient().admin();
      await admin.deleteTopics({ topics: [gone.topic] });
      await admin.disconnect();
      await eventually(() => log.append(gone.topic, [record(2)]), 60_000);
      await eventually(() => expect(seen).toEqual([2]), 60_000);
      await following.close();
      await log.close();
    }, 150_000);

    it('is caught up, and never stuck, when the last records are gone', async () => {
      const log = new WatchedLog(openKafkaLog(kafka.brokers));
      const [before, meanwhile] = [`${city}.emptied-before`, `${city}.emptied-meanwhile`];
      await log.ensure([before, meanwhile].map((topic) => ({ ...settings, topic })));
      const admin = kafkaClient().admin();
      const empty = async (topic: string) => {
        const [end] = await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: end?.high ?? '' }] });
      };
      const large = (key: string) => ({ key, value: Buffer.alloc(900_000), headers: {} }); // a fetch brings one
      for (const topic of [before, meanwhile]) await log.append(topic, ['1', '2', '3'].map(large));
      await empty(before);
      const seen: string[] = [];
      let release: () => void = () => undefined;
      const work = new Promise<void>((resolve) => (release = resolve));
      const following = await log.follow({
        topics: [before, meanwhile].map((topic) => ({ topic, from: 'start' })),
        onBatch: async ({ records }) => {
          seen.push(...records.map(({ key }) => key));
          await work;
        },
      });
      await eventually(() => expect(seen).toEqual(['1']), 30_000);
      expect(await log.stuckFollowers(1000)).toEqual([]);
      await log.append(meanwhile, [record(4)]);
      await eventually(async () => expect(await log.stuckFollowers(1000)).toEqual([`${meanwhile}/0`]), 30_000);
      await empty(meanwhile);
      release();
      await following.caughtUp;
      expect(seen).toEqual(['1']);
      const until = performance.now() + 3000;
      do expect(await log.stuckFollowers(1000)).toEqual([]);
      while (performance.now() < until);
      await Promise.all([following.close(), admin.disconnect()]);
      await log.close();
    }, 90_000);

    it('begins again after a crash that the client takes for final', async () => {
      const log = openKafkaLog(kafka.brokers);
      const topic = `${city}.crash`;
      await log.ensure([{ ...settings, topic }]);
      await log.append(topic, [record(1)]);
      // a member with another way to share out partitions: who comes with ours is refused while it stays
      const group = `${city}-crash`;
      const other = kafkaClient().consumer({ groupId: group, partitionAssigners: [(config) => ({ ...roundRobin(config), name: 'other' })] }); // prettier-ignore
      await other.connect();
      await other.subscribe({ topics: [topic] });
      const there = new Promise((resolve) => other.on(other.events.GROUP_JOIN, resolve));
      await other.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
      await there;
      const seen: number[] = [];
      const member = await log.join({
        group,
        topics: [topic],
        onBatch: ({ records }) => Promise.resolve(void seen.push(...records.map(({ value }) => Number(value)))),
      });
      await other.disconnect();
      await eventually(() => {
        expect(seen).toEqual([1]);
      }, 30_000);
      await member.close();
      await log.close();
    }, 60_000);

    it('refuses a record that is too large for the broker, and only that', async () => {
      const log = openKafkaLog(kafka.brokers);
      const topic = `${city}.small`;
      await log.ensure([{ ...settings, topic }]);
      const admin = kafkaClient().admin();
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: topic,
            configEntries: [{ name: 'max.message.bytes', value: '1000' }],
          },
        ],
      });
      await admin.disconnect();
      const large = { key: 'k', value: Buffer.alloc(2000, 'x'), headers: {} };
      const outcomes = await Promise.allSettled([
        log.append(topic, [record(1)]),
        log.append(topic, [large]),
        log.append(topic, [record(2)]),
      ]);
      expect(outcomes).toMatchObject([
        { status: 'fulfilled' },
        { status: 'rejected', reason: { kind: 'too-large' } },
        { status: 'fulfilled' },
      ]);
      await log.close();
    });

    it('is away, and the health says so, when the broker is', async () => {
      const log = new WatchedLog(openKafkaLog(kafka.brokers));
      const health = new Health();
      watchBus(health, { log, transport: new EventTransport({ log, app: 'test', cities: [city] }), cities: [city] });
      expect(await health.report('ready')).toMatchObject({ ok: true });
      await kafka.kill9?.();
      const { checks } = await health.report('ready');
      await kafka.restart?.();
      if (kafka.kill9 !== undefined) expect(checks).toMatchObject({ 'event-log': { ok: false } });
      await eventually(async () => expect(await health.report('ready')).toMatchObject({ ok: true }), 30_000);
      await log.close();
    }, 90_000);

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
