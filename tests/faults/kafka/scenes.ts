import { setTimeout as pause } from 'node:timers/promises';
import { Hold, openEventLog, topicOf } from '@siaga/bus';
import { wastePositions } from '@siaga/contracts';
import { eventually, type FaultProxy, type TestKafka } from '@siaga/testing';
import kafkajs from 'kafkajs';
import { extent } from '../ledger/extent.ts';
import type { Scene, Stage } from '../ledger/scene.ts';
import { within } from '../ledger/within.ts';

/** Full function after the broker is back. */
const RECOVERS_WITHIN_MS = 30_000;
/** A member that died without a word is waited for so long: kafka-consumers.ts. */
const SETTLED_WITHIN_MS = 60_000;
const WEATHER_MS = extent.cutMs / 3;
/** Clients that back off send little: a piece to cut at comes within this time. */
const PIECE_WITHIN_MS = 60_000;

/** A broker of ours, behind a proxy. */
export type OwnKafka = Required<TestKafka>;

/** What happens to a city whose log is Kafka. */
export const kafkaScenes = (kafka: OwnKafka): Scene[] => [
  {
    name: 'the broker dies and is back after 1 s',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: (stage) => brokerDies(kafka, stage, { absentMs: 1000, times: extent.moments }),
  },
  weather('replies of Kafka do not arrive', kafka.proxy, (proxy) => proxy.dropReplies()),
  {
    name: 'a topic is deleted',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: async ({ acknowledged, fault, installation }) => {
      await acknowledged(10);
      await fault('markers deleted', () => deleteTopic(kafka, topicOf(installation.city, wastePositions)));
    },
  },
];

/** What takes too long for `npm test`. */
export const longKafkaScenes = (kafka: OwnKafka): Scene[] => [
  {
    name: 'the broker dies and is back after 60 s',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: (stage) => brokerDies(kafka, stage, { absentMs: 60_000, times: 1 }),
  },
  {
    name: 'the broker stands still for 20 s',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: async ({ acknowledged, fault }) => {
      for (let freeze = 0; freeze < 3; freeze += 1) {
        await acknowledged(20);
        await fault('SIGSTOP of the broker for 20 s', async () => {
          await kafka.freeze();
          await pause(20_000);
          await kafka.thaw();
        });
      }
    },
  },
  weather('Kafka is slow', kafka.proxy, (proxy) => proxy.delay(300)),
  weather('Kafka resets its connections', kafka.proxy, (proxy) => proxy.reset()),
  weather('Kafka is silent', kafka.proxy, (proxy) => proxy.blackhole()),
  {
    name: 'requests and replies to Kafka are cut off anywhere',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: (stage) => cutOff(kafka.proxy, stage),
  },
  {
    name: 'the members of the groups change while they work',
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: (stage) => rebalance(kafka, stage),
  },
  {
    name: 'waste and gateway die at random moments',
    act: async ({ acknowledged, fault, installation, random }) => {
      for (let kill = 0; kill < extent.kills; kill += 1) {
        await acknowledged(10);
        await pause(random.next() * 200); // the moment is what is random here
        const victim = random.pick(['waste', 'gateway']);
        await fault(`kill -9 of ${victim}`, () => installation.kill(victim));
      }
    },
  },
];

/** The network to the broker is bad for a while. */
function weather(name: string, proxy: FaultProxy, begin: (proxy: FaultProxy) => void): Scene {
  return {
    name,
    recoversWithinMs: RECOVERS_WITHIN_MS,
    act: async ({ acknowledged, fault }) => {
      await acknowledged(5);
      await fault(name, async () => {
        begin(proxy);
        await pause(WEATHER_MS);
        proxy.pass();
      });
    },
  };
}

async function brokerDies(kafka: OwnKafka, stage: Stage, { absentMs, times }: { absentMs: number; times: number }) {
  for (let death = 0; death < times; death += 1) {
    await stage.acknowledged(20);
    await pause(stage.random.next() * 200);
    await stage.fault(`kill -9 of the broker, ${String(absentMs / 1000)} s`, async () => {
      await kafka.kill9();
      await pause(absentMs);
      await kafka.restart();
    });
  }
}

/** Cuts every connection at a random piece of a request or a reply, many times. */
async function cutOff(proxy: FaultProxy, { random, blow, fault }: Stage): Promise<void> {
  const atPiece = (watch: (act: () => void) => () => void) => async () => {
    let pieces = random.below(60);
    const cut = Promise.withResolvers<undefined>();
    const end = watch(() => {
      if (pieces-- > 0) return;
      proxy.cut();
      cut.resolve(undefined);
    });
    await within(PIECE_WITHIN_MS, 'a piece to cut at', cut.promise).finally(end);
  };
  for (let cut = 0; cut < 6 * extent.moments; cut += 1) {
    await blow(
      'a request to Kafka cut off',
      atPiece((act) => proxy.onRequest(act)),
    );
    const last = (cut + 1) % 6 === 0;
    await (last ? fault : blow)(
      'a reply of Kafka cut off',
      atPiece((act) => proxy.onReply(act)),
    );
  }
}

async function deleteTopic(kafka: OwnKafka, topic: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}

/** A member that does nothing joins and leaves the groups of the waste service again and again. */
async function rebalance(kafka: OwnKafka, { acknowledged, fault, installation }: Stage): Promise<void> {
  const groups = await groupsOf(kafka, `${installation.city}.waste.`);
  if (groups.length === 0) throw new Error('the waste service is in no group');
  const log = await openEventLog({ KAFKA_BROKERS: kafka.brokers });
  const onBatch = () => Promise.reject(new Hold(60_000, 'it does nothing'));
  try {
    for (let change = 0; change < 2 * extent.moments; change += 1) {
      await acknowledged(10);
      await fault('a member comes and goes', async () => {
        const members = await Promise.all(groups.map((group) => log.join({ ...group, onBatch })));
        await acknowledged(10);
        await Promise.all(members.map((member) => member.close()));
      });
    }
  } finally {
    await log.close();
  }
}

/** Groups of that prefix and what they read: a member that reads anything else would take it from the others. */
async function groupsOf(kafka: OwnKafka, prefix: string): Promise<{ group: string; topics: string[] }[]> {
  const admin = new kafkajs.Kafka({ brokers: [kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const names = groups.map(({ groupId }) => groupId).filter((name) => name.startsWith(prefix));
    // while members come and go it does not say what they read
    const described = await eventually(async () => {
      const found = await admin.describeGroups(names);
      if (found.groups.some(({ state }) => state.endsWith('Rebalance'))) throw new Error('a group is not at rest');
      return found;
    }, SETTLED_WITHIN_MS);
    return described.groups.flatMap(({ groupId, members: [member] }) => {
      const read = member && kafkajs.AssignerProtocol.MemberMetadata.decode(member.memberMetadata);
      return read ? [{ group: groupId, topics: read.topics }] : [];
    });
  } finally {
    await admin.disconnect();
  }
}
