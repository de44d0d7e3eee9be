import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { randomCities, startKafka } from '@siaga/testing';
import kafkajs from 'kafkajs';
import { sendWhileRepliesAreLost, type Sender } from './lost-replies.ts';

const [city = ''] = randomCities(1);
const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 100_000);
const faults = process.env['FAULTS_LONG'] === undefined ? 60 : 600;

const kafka = await startKafka();
afterAll(() => kafka?.stop());
const proxy = kafka?.proxy;

/** ADR 0008: whether kafkajs loses what it acknowledged when replies are lost depends on how it is used. */
const title = `${String(faults)} × a request or its reply is cut off on the way to Kafka (seed ${seed})`;

if (kafka === undefined || proxy === undefined) describe.skip(title, () => undefined);
else
  describe(title, () => {
    const outcomeOf = async (name: string, sender: Sender, count: number) => {
      const run = { topic: `${city}.${name}`, random: randomFrom(`${seed}/${name}`), faults: count, keys: 12 };
      const outcome = await sendWhileRepliesAreLost({ ...kafka, proxy }, sender, run);
      console.log(name, JSON.stringify({ ...outcome, lost: outcome.lost.length }));
      return outcome;
    };

    it('our log keeps everything it acknowledged, in the order of each key', async () => {
      const outcome = await outcomeOf('ours', await ours(proxy.address), faults);
      expect(outcome).toMatchObject({ lost: [], swapped: [], stale: [] });
      expect(outcome.faults).toBeGreaterThanOrEqual(faults);
      expect(outcome.acknowledged).toBeGreaterThan(10 * faults);
    }, 300_000);

    it('the idempotent producer of kafkajs does not with several sends under way: a loss would be seen', async () => {
      const { lost } = await outcomeOf('idempotent', await idempotent(proxy.address), 60);
      expect(lost.length).toBeGreaterThan(0);
    }, 60_000);
  });

async function ours(brokers: string): Promise<Sender> {
  const log = await openEventLog({ KAFKA_BROKERS: brokers });
  return {
    send: (topic, key, value) => log.append(topic, [{ key, value: Buffer.from(value), headers: {} }]),
    close: () => log.close(),
  };
}

async function idempotent(broker: string): Promise<Sender> {
  const client = new kafkajs.Kafka({ brokers: [broker], requestTimeout: 8000, logLevel: kafkajs.logLevel.NOTHING });
  const producer = client.producer({ idempotent: true, maxInFlightRequests: 5, allowAutoTopicCreation: false });
  await producer.connect();
  return {
    send: async (topic, key, value) => {
      await producer.send({ topic, acks: -1, messages: [{ key, value }] });
    },
    close: () => producer.disconnect(),
  };
}

/** Numbers from 0 to 1 that repeat by their seed. */
function randomFrom(text: string): () => number {
  let drawn = 0;
  return () =>
    createHash('sha256')
      .update(`${text}/${String(drawn++)}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
}
