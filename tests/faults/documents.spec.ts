import { setTimeout as pause } from 'node:timers/promises';
import { startEngineProcess, startFaultProxy, type EngineProcess, type FaultProxy } from '@siaga/testing';
import { atMoment, type DocumentCommand } from './ledger/document-moments.ts';
import { describeCity } from './ledger/describe-city.ts';
import { extent, isLong } from './ledger/extent.ts';
import type { Installation } from './ledger/installation.ts';
import type { Scene } from './ledger/scene.ts';
import { within } from './ledger/within.ts';

let documents: EngineProcess;
let proxy: FaultProxy;

interface Moment {
  name: string;
  when: 'sent' | 'answered';
  at: DocumentCommand;
}

/** Moments that show in what the service says to its documents. */
const moments: readonly Moment[] = [
  {
    name: 'a position is stored and not yet published',
    when: 'answered',
    at: { command: 'update', collection: 'waste_markers' },
  },
  {
    name: 'a batch is stored and its place in the log not yet committed',
    when: 'answered',
    at: { command: 'update', collection: 'waste_fixes' },
  },
  {
    name: 'a truck is stored and its clerk not yet told',
    when: 'answered',
    at: { command: 'insert', collection: 'waste_trucks' },
  },
  {
    name: 'an event is published and not yet crossed off its outbox',
    when: 'sent',
    at: { command: 'update', collection: 'waste_trucks', holding: '$unset' },
  },
];

/** One death follows the other as soon as its moment comes; the last one's recovery is waited for. */
const dyingAtMoments: Scene = {
  name: 'waste dies at named moments',
  act: async ({ installation, acknowledged, blow, fault }) => {
    for (let time = 0; time < extent.moments; time += 1) {
      await acknowledged(10);
      for (const moment of moments) {
        const strike = moment === moments.at(-1) ? fault : blow;
        await strike(`kill -9 of waste when ${moment.name}`, () => killAt(installation, moment));
      }
    }
  },
};

async function killAt(installation: Installation, { name, when, at }: Moment): Promise<boolean> {
  const kill = await installation.trigger('waste');
  let killed = false;
  const strike = () => {
    killed = kill();
    proxy.cut(); // what was on its way does not arrive
  };
  await within(30_000, `the moment when ${name}`, atMoment(proxy, at, { when, strike }));
  return killed;
}

const database: readonly Scene[] = [
  {
    name: 'the database is away',
    act: async ({ acknowledged, fault }) => {
      await acknowledged(10);
      await fault(`documents away for ${String(extent.awayMs / 1000)} s`, async () => {
        proxy.reset();
        await pause(extent.awayMs);
        proxy.pass();
      });
    },
  },
  {
    name: 'the database answers nothing',
    act: async ({ acknowledged, fault }) => {
      await acknowledged(10);
      await fault(`documents silent for ${String(extent.awayMs / 1000)} s`, async () => {
        proxy.blackhole();
        await pause(extent.awayMs);
        proxy.pass();
      });
    },
  },
  {
    name: 'the database is slow',
    act: async ({ acknowledged, fault }) => {
      await fault('documents 300 ms late in each direction', async () => {
        proxy.delay(300);
        await acknowledged(20 * extent.moments);
        proxy.pass();
      });
    },
  },
  {
    name: 'the database dies',
    act: async ({ acknowledged, fault }) => {
      for (let time = 0; time < extent.moments; time += 1) {
        await acknowledged(10);
        await fault('kill -9 of the database', async () => {
          await documents.kill9();
          await documents.restart();
        });
      }
    },
  },
];

/** A short run leaves out what is much alike. */
const scenes = [dyingAtMoments, ...(isLong ? database : database.slice(0, 1))];

describeCity({
  on: 'the embedded log, documents elsewhere',
  env: async () => {
    documents = await startEngineProcess();
    const socketPath = decodeURIComponent(documents.mongoUri.replace('mongodb://', ''));
    proxy = await startFaultProxy({ target: { socketPath }, listen: { port: 0 } });
    return { MONGODB_URI: `mongodb://${proxy.address}` };
  },
  ...{ plan: [dyingAtMoments, ...database], scenes },
  end: async () => {
    await proxy.close();
    await documents.stop();
  },
});
