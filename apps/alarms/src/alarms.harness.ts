import { randomBytes } from 'node:crypto';
import { decodeEvent, EventBus, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  AlarmChanged,
  AlarmLogged,
  ConditionChanged,
  createClient,
  Fault,
  PrincipalChanged,
  type AnyEvent,
  type Client,
  type CloudEvent,
  type DataOf,
  thingOfKey,
} from '@siaga/contracts';
import { serviceContext, signToken, withContext, type Principal, type RunningService } from '@siaga/service';
import { Documents, type Store } from '@siaga/store';
import { startTestEngine } from '@siaga/testing';
import { startAlarms } from './alarms.module.ts';
import { AlarmsConfig } from './config.ts';

/** The alarm desk on an engine of its own, and the doors a test reaches it by. */
export interface TestAlarms {
  readonly mongoUri: string;
  /** The test's own line to the log. */
  readonly log: EventLog;
  /** Another process's worth of the service, on the same log and documents. */
  another(): Promise<RunningService>;
  /** Ends the service and starts it again on what it left. */
  restart(): Promise<void>;
  /** A caller of the city, also after a restart: a dispatcher of Dishub, unless told otherwise. */
  as(over: Partial<Principal>): Promise<Client>;
  /** What a domain says. */
  say(said: readonly ConditionChanged[], options?: { exercise?: boolean }): Promise<void>;
  /** Somebody the log knows: a dispatcher of Dishub, unless told otherwise. */
  know(somebody: Partial<PrincipalChanged> & { principalId: string }): Promise<void>;
  /** The newest word on each alarm whose thing's id begins so, in the order they were raised in. */
  alarmsOf(run: string): AlarmChanged[];
  /** What happened to them: `lamp raised`. */
  stepsOf(run: string): Promise<string[]>;
  /** Everything the stream of an event holds now, oldest first. */
  readAll<Event extends AnyEvent>(event: Event): Promise<CloudEvent<DataOf<Event>>[]>;
  /** The documents as they are kept, in the city's context: for what only time would do to them. */
  documents<Result>(look: (store: Store) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Starts it for one city. */
export async function startTestAlarms(
  city: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestAlarms> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const { mongoUri } = engine;
  const brokers = process.env['KAFKA_BROKERS'];
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  const env = { MONGODB_URI: mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret, ...environment };
  const another = async () => startAlarms(AlarmsConfig.parse(env), await open());

  const log = await open();
  const domain = new EventBus(log, 'street', [city]);
  const kept = new Documents({ app: 'alarms', cities: [city], collections: [], uri: mongoUri }, log);
  await kept.open();
  const told = domain.table(AlarmChanged, city);
  let alarms = await another();
  const inCity = <Result>(work: () => Promise<Result>, exercise = false) =>
    withContext(serviceContext(city, { exercise }), work);
  return {
    ...{ mongoUri, another, log },
    restart: async () => {
      await alarms.close();
      alarms = await another();
    },
    as: async (over) => {
      const token = await signToken({ ...dispatcherOf(city), ...over }, secret, '10m');
      const send: typeof fetch = (to, init) => fetch((to as string).replace('http://desk', alarms.url), init);
      return createClient({ baseUrl: 'http://desk', token, fetch: send });
    },
    say: (said, { exercise = false } = {}) => inCity(() => domain.publishAll(ConditionChanged, said), exercise),
    know: (somebody) =>
      inCity(() =>
        domain.publish(PrincipalChanged, {
          ...{ kind: 'person', agencies: ['dishub'], roles: ['dispatcher'], blocked: false, version: 1 },
          ...somebody,
        }),
      ),
    documents: (look) => inCity(() => look(kept.store)),
    alarmsOf: (run) =>
      [...told.values()]
        .filter(({ thing }) => thing.thingId.startsWith(run))
        .sort((a, b) => a.raisedAtMs - b.raisedAtMs || (a.thing.thingId < b.thing.thingId ? -1 : 1)),
    stepsOf: async (run) =>
      (await readAll(log, city, AlarmLogged)).flatMap(({ data }) =>
        data?.thing.thingId.startsWith(run) === true ? [`${data.thing.kind} ${data.step}`] : [],
      ),
    readAll: (event) => readAll(log, city, event),
    close: async () => {
      await alarms.close();
      await domain.close();
      await kept.close();
      await log.close();
      await engine.close();
    },
  };
}

const dispatcherOf = (city: string): Principal => ({
  ...{ id: 'dispatcher-1', kind: 'person', city, agencies: ['dishub'], roles: ['dispatcher'], exercise: false },
});

async function readAll<Event extends AnyEvent>(
  log: EventLog,
  city: string,
  event: Event,
): Promise<CloudEvent<DataOf<Event>>[]> {
  const events: CloudEvent<DataOf<Event>>[] = [];
  const following = await log.follow({
    topics: [{ topic: topicOf(city, event.stream), from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const read = decodeEvent(record, event);
        if (!(read instanceof Fault)) events.push(read);
      }
    },
  });
  await following.caughtUp;
  await following.close();
  return events;
}

/** Things of one feeder: its panels, their lamps, and a camera on each panel's pole. */
export const blockOf = (run: string) => {
  const feeder = `feeder:${run}`;
  const panel = (index: number) => `panel:${run}-${String(index)}`;
  return {
    feeder: (over: Partial<ConditionChanged> = {}) => conditionOf(feeder, { severity: 'high', ...over }),
    panel: (index: number, over: Partial<ConditionChanged> = {}) =>
      conditionOf(panel(index), { within: [feeder], ...over }),
    lamp: (index: number, over: Partial<ConditionChanged> = {}) =>
      conditionOf(`lamp:${run}-${String(index)}`, { within: [panel(index % 5), feeder], ...over }),
    camera: (index: number, over: Partial<ConditionChanged> = {}) =>
      conditionOf(`camera:${run}-${String(index)}`, {
        ...{ kind: 'communicationFailure', within: [`link:${run}`, panel(index % 5), feeder], ...over },
      }),
  };
};

function conditionOf(key: string, over: Partial<ConditionChanged>): ConditionChanged {
  const atMs = Date.now();
  return {
    ...{ thing: thingOfKey(key), name: key, kind: 'supplyLoss', active: true, severity: 'medium', basis: 'measured' },
    ...{ agency: 'dishub', within: [], sinceMs: atMs, changedAtMs: atMs },
    ...over,
  };
}
