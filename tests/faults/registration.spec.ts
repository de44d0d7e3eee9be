import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  createClient,
  DeviceAssigned,
  Fault,
  GetTruck,
  RegisterTruck,
  TruckRegistered,
  type Client,
} from '@siaga/contracts';
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

/** A registration with devices is several documents: waste dies between any two of them. */
const moments: readonly { name: string; when: 'sent' | 'answered'; at: DocumentCommand }[] = [
  {
    name: 'the truck is stored and none of its devices',
    when: 'answered',
    at: { command: 'insert', collection: 'waste_trucks' },
  },
  {
    name: 'the first device is stored and not the second',
    when: 'answered',
    at: { command: 'insert', collection: 'waste_devices' },
  },
  {
    name: 'all are stored and the plan is not crossed off',
    when: 'sent',
    at: { command: 'update', collection: 'waste_trucks', holding: 'plan.id' },
  },
];

/** Before and after the registration itself: its Idempotency-Key is noted first, and its answer last. */
const pressMoments: typeof moments = [
  {
    name: 'the press is noted and nothing is done',
    when: 'answered',
    at: { command: 'insert', collection: 'presses' },
  },
  {
    name: 'all is done and the answer not kept',
    when: 'sent',
    at: { command: 'findAndModify', collection: 'presses' },
  },
];

/** Ten seconds until the lease of the one that died runs out, and a sweep. README of waste: it says so. */
const FINISHED_WITHIN_MS = 15_000;

const main = path.resolve(import.meta.dirname, '../../apps/waste/src/main.ts');
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

const phone = (deviceId: string) => ({ protocol: 'osmand' as const, deviceId });
const phones = ['p1', 'p2', 'p3'].map(phone);
const truck = (truckId: string, devices = phones) => ({
  ...{ truckId, plate: 'N 1 RP', hullNumber: '1', kind: 'dump' as const, capacityKg: 4000 },
  devices,
});

/** Waste of a city of its own, whose way to its documents can be cut: one beside the other, because each waits for leases. */
class Waste {
  readonly #city: string;
  readonly #proxy: FaultProxy;
  #process: TestProcess | undefined;
  #client: Client = createClient({ baseUrl: '' });

  private constructor(city: string, proxy: FaultProxy) {
    this.#city = city;
    this.#proxy = proxy;
  }

  /** Plays a scene with a waste of its own. */
  static in(scene: (waste: Waste) => Promise<void>): Promise<void> {
    const [city = ''] = randomCities(1);
    return Waste.#of(city, scene);
  }

  /** Another process of the same city, with a way to the documents of its own. */
  beside(scene: (waste: Waste) => Promise<void>): Promise<void> {
    return Waste.#of(this.#city, scene);
  }

  static async #of(city: string, scene: (waste: Waste) => Promise<void>): Promise<void> {
    const socketPath = decodeURIComponent(engine.mongoUri.replace('mongodb://', ''));
    const proxy = await startFaultProxy({ target: { socketPath }, listen: { port: 0 } });
    const waste = new Waste(city, proxy);
    try {
      await waste.start();
      await scene(waste);
    } finally {
      await waste.#process?.kill9();
      await proxy.close();
    }
  }

  async start(): Promise<void> {
    this.#process = startTestProcess(main, [], {
      ...{ MONGODB_URI: `mongodb://${this.#proxy.address}`, SIAGA_ENGINE: engine.logSocket },
      ...{ KAFKA_BROKERS: '', SIAGA_SECRET: '', SIAGA_CITY: this.#city, PORT: '0' },
    });
    const { ready } = (await this.#process.message()) as { ready: { url: string } };
    this.#client = createClient({ baseUrl: ready.url });
  }

  readonly register = (body = truck('T1'), idempotencyKey = 'press-1') =>
    this.#client(RegisterTruck, { body }, { idempotencyKey });

  readonly get = (truckId: string) => this.#client(GetTruck, { params: { truckId } });

  /** Presses once, and waste is gone before it can answer. */
  async dieWhileRegistering({ when, at }: Omit<(typeof moments)[number], 'name'>): Promise<void> {
    const strike = () => {
      this.#process?.child.kill('SIGKILL');
      this.#proxy.cut(); // what was on its way does not arrive
    };
    const struck = within(30_000, 'the moment', atMoment(this.#proxy, at, { when, strike }));
    await expect(this.register()).rejects.toMatchObject({ kind: 'unavailable' });
    await struck;
    await this.#process?.kill9();
  }

  /** One answer of its documents, that of this moment, comes so much later. */
  async hangsAt({ when, at }: Omit<(typeof moments)[number], 'name'>, ms: number): Promise<void> {
    const strike = () => {
      this.#proxy.delay(ms);
      setImmediate(() => this.#proxy.pass());
    };
    await within(30_000, 'the moment', atMoment(this.#proxy, at, { when, strike }));
  }

  /** The truck is there once with all its devices, each told of once, whichever way it came about. */
  async expectWhole(): Promise<void> {
    expect(await this.get('T1')).toMatchObject({ version: 1, devices: phones });
    await eventually(async () => {
      const events = await this.#said();
      for (const { deviceId } of phones)
        expect(events.filter(({ subject }) => subject === `osmand:${deviceId}`).at(-1)).toMatchObject({
          data: { truckId: 'T1' },
        });
      expect(events.filter(({ subject }) => subject === 'T1').at(-1)).toMatchObject({ data: { version: 1 } });
      expect(new Set(events.map(({ subject, id }) => `${subject} ${id}`)).size).toBe(phones.length + 1);
    }, FINISHED_WITHIN_MS);
  }

  /** Everything said of trucks and devices: which key, which document version. */
  async #said(): Promise<{ subject: string; id: string; data: unknown }[]> {
    const events: { subject: string; id: string; data: unknown }[] = [];
    const topics = [DeviceAssigned, TruckRegistered].map(({ stream }) => topicOf(this.#city, stream));
    const following = await log.follow({
      topics: topics.map((topic) => ({ topic, from: 'start' as const })),
      onBatch: ({ records }) => {
        for (const record of records) {
          const event = decodeEvent(record);
          if (!(event instanceof Fault)) events.push(event);
        }
      },
    });
    await following.caughtUp;
    await following.close();
    return events;
  }
}

it.concurrent.each(moments)(
  'waste killed when $name registers the whole truck although nobody repeats the press',
  async ({ when, at }) => {
    await Waste.in(async (waste) => {
      await waste.dieWhileRegistering({ when, at });
      await waste.start();
      await eventually(async () => {
        expect(await waste.get('T1')).toMatchObject({ devices: phones });
      }, FINISHED_WITHIN_MS);
      await waste.expectWhole();
    });
  },
  120_000,
);

it.concurrent.each(moments)(
  'waste killed when $name registers the whole truck once when the press is repeated',
  async ({ when, at }) => {
    await Waste.in(async (waste) => {
      await waste.dieWhileRegistering({ when, at });
      await waste.start();
      const answered = await waste.register();
      expect(answered).toMatchObject({ truckId: 'T1', version: 1, devices: phones });
      expect(await waste.register()).toEqual(answered);
      await waste.expectWhole();
    });
  },
  120_000,
);

it.concurrent.each(pressMoments)(
  'a press is still the same press when waste is killed when $name',
  async ({ when, at }) => {
    await Waste.in(async (waste) => {
      await waste.dieWhileRegistering({ when, at });
      await waste.start();
      await expect(waste.register(truck('T9', []))).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('was used for another command'),
      });
      await expect(waste.get('T9')).rejects.toMatchObject({ kind: 'not-found' });
      const answered = await waste.register();
      expect(await waste.register()).toEqual(answered);
      await waste.expectWhole();
    });
  },
  120_000,
);

it.concurrent(
  'a registration that died without its devices did not happen when another truck took one of them',
  async () => {
    await Waste.in(async (waste) => {
      await waste.dieWhileRegistering(moments[0]!);
      await waste.start();
      await waste.register(truck('T2', [phone('p2')]), 'press-2');
      await eventually(async () => {
        await expect(waste.get('T1')).rejects.toMatchObject({ kind: 'not-found' });
      }, FINISHED_WITHIN_MS);
      expect(await waste.get('T2')).toMatchObject({ devices: [phone('p2')] });
      await waste.register(truck('T3', [phone('p1'), phone('p3')]), 'press-3');
      await expect(waste.register()).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringMatching(/osmand:p1 .*T3/),
      });
    });
  },
  120_000,
);

it.concurrent(
  'of two registrations that race for the same devices one gets all of its own, whoever is slow in between',
  async () => {
    await Waste.in((one) =>
      one.beside(async (other) => {
        // the other has planned while all were free, and goes on when the one has its first and not its last
        const planned = other.hangsAt(moments[0]!, 2000);
        const refused = other.register(truck('T2', [phone('p1'), phone('p3')]), 'press-2');
        const outcomes = Promise.allSettled([refused, planned.then(() => one.register())]);
        await one.hangsAt(moments[1]!, 3000);
        expect((await outcomes).map(({ status }) => status)).toContain('fulfilled');
      }),
    );
  },
  120_000,
);
