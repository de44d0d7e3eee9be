import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent, EventBus, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  AlarmChanged,
  AlarmLogged,
  ConditionChanged,
  Fault,
  thingOfKey,
  type AnyEvent,
  type DataOf,
} from '@siaga/contracts';
import { serviceContext, withContext } from '@siaga/service';
import {
  eventually,
  randomCities,
  startEngineProcess,
  startFaultProxy,
  startTestProcess,
  type EngineProcess,
  type FaultProxy,
  type TestProcess,
} from '@siaga/testing';
import { atMoment, type DocumentCommand } from './ledger/document-moments.ts';
import { within } from './ledger/within.ts';

/** A cascade is hundreds of conditions, some alarms and their events: the desk dies between any two steps of it. */
const moments: readonly { name: string; when: 'sent' | 'answered'; at: DocumentCommand }[] = [
  {
    name: 'conditions are kept and the desk is not woken',
    when: 'answered',
    at: { command: 'update', collection: 'alarms_conditions' },
  },
  {
    name: 'the desk is to be woken and is not',
    when: 'sent',
    at: { command: 'findAndModify', collection: 'alarms_desk' },
  },
  {
    name: 'the cause is raised and what it takes in is not cleared',
    when: 'answered',
    at: { command: 'insert', collection: 'alarms_alarms' },
  },
  {
    name: 'what the cause takes in is to be cleared and is not',
    when: 'sent',
    at: { command: 'findAndModify', collection: 'alarms_alarms' },
  },
  {
    name: 'an alarm is told of and not yet crossed off its outbox',
    when: 'sent',
    at: { command: 'update', collection: 'alarms_alarms', holding: '$unset' },
  },
];

/** Ten seconds until the lease of the one that died runs out, settling, and sweeps. */
const FINISHED_WITHIN_MS = 25_000;

const main = path.resolve(import.meta.dirname, '../../apps/alarms/src/main.ts');
let engine: EngineProcess;
let log: EventLog;

beforeAll(async () => {
  engine = await startEngineProcess();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
}, 60_000);
afterAll(async () => {
  await log.close();
  await engine.stop();
});

/** A desk of a city of its own, whose way to its documents can be cut. */
class Desk {
  readonly #city = randomCities(1)[0] ?? '';
  readonly #bus = new EventBus(log, 'street', [this.#city]);
  readonly #proxy: FaultProxy;
  #process: TestProcess | undefined;

  private constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
  }

  static async in(scene: (desk: Desk) => Promise<void>): Promise<void> {
    const socketPath = decodeURIComponent(engine.mongoUri.replace('mongodb://', ''));
    const proxy = await startFaultProxy({ target: { socketPath }, listen: { port: 0 } });
    const desk = new Desk(proxy);
    try {
      await desk.start();
      await scene(desk);
    } finally {
      await desk.#process?.kill9();
      await desk.#bus.close();
      await proxy.close();
    }
  }

  async start(): Promise<void> {
    this.#process = startTestProcess(main, [], {
      ...{ MONGODB_URI: `mongodb://${this.#proxy.address}`, SIAGA_ENGINE: engine.logSocket },
      ...{ KAFKA_BROKERS: '', SIAGA_SECRET: '', SIAGA_CITY: this.#city, PORT: '0' },
    });
    await this.#process.message();
  }

  say(said: readonly ConditionChanged[]): Promise<void> {
    return withContext(serviceContext(this.#city), () => this.#bus.publishAll(ConditionChanged, said));
  }

  /** Gone at this moment of what follows from what is said. */
  async dieAt({ when, at }: Omit<(typeof moments)[number], 'name'>, said: readonly ConditionChanged[]): Promise<void> {
    const strike = () => {
      this.#process?.child.kill('SIGKILL');
      this.#proxy.cut(); // what was on its way does not arrive
    };
    const struck = within(30_000, 'the moment', atMoment(this.#proxy, at, { when, strike }));
    await this.say(said);
    await struck;
    await this.#process?.kill9();
  }

  /** The newest word on each alarm, by the kind of its thing. */
  async alarms(): Promise<Record<string, AlarmChanged>> {
    const said = await this.#read(AlarmChanged);
    return Object.fromEntries(said.map(({ data }) => [data.thing.kind, data]));
  }

  /** Steps of alarms; one told twice under one id is one. */
  async steps(): Promise<string[]> {
    const said = await this.#read(AlarmLogged);
    return [...new Map(said.map(({ id, data }) => [id, `${data.thing.kind} ${data.step}`])).values()].sort();
  }

  async #read<Event extends AnyEvent>(event: Event): Promise<{ id: string; data: DataOf<Event> }[]> {
    const events: { id: string; data: DataOf<Event> }[] = [];
    const following = await log.follow({
      topics: [{ topic: topicOf(this.#city, event.stream), from: 'start' }],
      onBatch: ({ records }) => {
        for (const record of records) {
          const read = decodeEvent(record, event);
          if (!(read instanceof Fault) && read.data !== null) events.push({ id: read.id, data: read.data });
        }
      },
    });
    await following.caughtUp;
    await following.close();
    return events;
  }
}

function dark(key: string, within: string[] = []): ConditionChanged {
  const atMs = Date.now();
  return {
    ...{ thing: thingOfKey(key), name: key, kind: 'supplyLoss', active: true, severity: 'high', basis: 'measured' },
    ...{ agency: 'dishub', within, sinceMs: atMs, changedAtMs: atMs },
  };
}

it.concurrent.each(moments)(
  'alarms killed when $name has one alarm of the cascade in the end, and told of each step once',
  async ({ when, at }) => {
    await Desk.in(async (desk) => {
      await desk.say([dark('lamp:L0', ['feeder:F1'])]);
      await eventually(async () => expect(await desk.steps()).toEqual(['lamp raised']), FINISHED_WITHIN_MS);
      const rest = Array.from({ length: 100 }, (_, index) => dark(`panel:P${String(index)}`, ['feeder:F1']));
      await desk.dieAt({ when, at }, [...rest, dark('feeder:F1')]);
      await desk.start();
      await eventually(async () => {
        const { feeder, lamp, panel } = await desk.alarms();
        expect(feeder).toMatchObject({ status: 'active', affected: { lamp: 1, panel: 100 } });
        expect(lamp).toMatchObject({ status: 'cleared', clearedBy: 'absorbed', absorbedInto: feeder?.alarmId });
        expect(panel).toBeUndefined();
      }, FINISHED_WITHIN_MS);
      expect(await desk.steps()).toEqual(['feeder raised', 'lamp cleared', 'lamp raised']);
    });
  },
  120_000,
);
