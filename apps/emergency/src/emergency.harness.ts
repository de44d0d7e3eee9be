import { randomBytes } from 'node:crypto';
import { decodeEvent, EventBus, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  createClient,
  Fault,
  IncidentLogged,
  type AnyEvent,
  type Client,
  type CloudEvent,
  type DataOf,
} from '@siaga/contracts';
import { serviceContext, signToken, withContext, type Principal, type RunningService } from '@siaga/service';
import { Documents, type Store } from '@siaga/store';
import { startTestEngine } from '@siaga/testing';
import { EmergencyConfig } from './config.ts';
import { startEmergency } from './emergency.module.ts';

/** The emergency service on an engine of its own, and the doors a test reaches it by. */
export interface TestEmergency {
  readonly mongoUri: string;
  /** Where it listens now. */
  url(): string;
  /** The test's own line to the log, as another service. */
  readonly bus: EventBus;
  /** Another process's worth of the service, on the same log and documents. */
  another(): Promise<RunningService>;
  /** Ends the service and starts it again on what it left. */
  restart(): Promise<void>;
  /** A caller of the city, also after a restart: a dispatcher of Satpol PP, unless told otherwise; `at` another process. */
  as(over?: Partial<Principal>, at?: RunningService): Promise<Client>;
  /** A bearer token of a dispatcher, unless told otherwise: for answers that are no JSON. */
  token(over?: Partial<Principal>): Promise<string>;
  /** The timeline as the log has it: `dispatched AMB-1`, in its order. */
  linesOf(incidentId: string): Promise<string[]>;
  /** Everything the stream of an event holds now, oldest first. */
  readAll<Event extends AnyEvent>(event: Event): Promise<CloudEvent<DataOf<Event>>[]>;
  /** The documents as they are kept, in the city's context: for what only time would do to them. */
  documents<Result>(look: (store: Store) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Starts it for one city. */
export async function startTestEmergency(
  city: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestEmergency> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const { mongoUri } = engine;
  const brokers = process.env['KAFKA_BROKERS'];
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  const env = { MONGODB_URI: mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret, ...environment };
  const another = async () => startEmergency(EmergencyConfig.parse(env), await open());

  const token = (over: Partial<Principal> = {}) => signToken({ ...dispatcherOf(city), ...over }, secret, '10m');
  const log = await open();
  const bus = new EventBus(log, 'another', [city]);
  const kept = new Documents({ app: 'emergency', cities: [city], collections: [], uri: mongoUri }, log);
  await kept.open();
  let service = await another();
  return {
    ...{ mongoUri, another, bus, token, url: () => service.url },
    restart: async () => {
      await service.close();
      service = await another();
    },
    as: async (over = {}, at) => {
      const send: typeof fetch = (to, init) =>
        fetch((to as string).replace('http://emergency', (at ?? service).url), init);
      return createClient({ baseUrl: 'http://emergency', token: await token(over), fetch: send });
    },
    linesOf: async (incidentId) =>
      (await readAll(log, city, IncidentLogged)).flatMap(({ data }) =>
        data?.incidentId === incidentId
          ? [[data.step, data.unitId].filter((word) => word !== undefined).join(' ')]
          : [],
      ),
    readAll: (event) => readAll(log, city, event),
    documents: (look) => withContext(serviceContext(city), () => look(kept.store)),
    close: async () => {
      await service.close();
      await bus.close();
      await kept.close();
      await log.close();
      await engine.close();
    },
  };
}

const dispatcherOf = (city: string): Principal => ({
  ...{ id: 'dispatcher-1', kind: 'person', city, agencies: ['satpolpp'], roles: ['dispatcher'], exercise: false },
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
