import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { createClient, Fault, type AnyEvent, type Client, type CloudEvent } from '@siaga/contracts';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { startTestEngine } from '@siaga/testing';
import { WasteConfig } from './config.ts';
import { startWaste } from './waste.module.ts';

/** The waste service on an engine of its own, or on the Kafka of `KAFKA_BROKERS`, and the doors a test reaches it by. */
export interface TestWaste {
  readonly url: string;
  readonly mongoUri: string;
  /** The test's own line to the log. */
  readonly log: EventLog;
  /** Another process's worth of the service, on the same log and documents. */
  another(): Promise<RunningService>;
  /** A caller of the city: an agency's administrator, unless told otherwise. */
  as(over: Partial<Principal>): Promise<Client>;
  tokenOf(over: Partial<Principal>): Promise<string>;
  /** What a phone says through the OsmAnd door; `query` without its id. */
  report(deviceId: string, query: string, headers?: Record<string, string>): Promise<Response>;
  /** Everything the stream of an event holds now, oldest first. */
  readAll(event: AnyEvent): Promise<CloudEvent<unknown>[]>;
  close(): Promise<void>;
}

/** Starts it for one city. `before` sees log and documents first, for what an older release left there. */
export async function startTestWaste(
  city: string,
  before: (engine: { mongoUri: string; log: EventLog }) => Promise<void> = () => Promise.resolve(),
): Promise<TestWaste> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const brokers = process.env['KAFKA_BROKERS'];
  const { mongoUri } = engine;
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  const config = WasteConfig.parse({ MONGODB_URI: mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret });
  const another = async () => startWaste(config, await open());
  const tokenOf = (over: Partial<Principal>) => signToken({ ...administratorOf(city), ...over }, secret, '10m');

  const log = await open();
  await before({ mongoUri, log });
  const waste = await another();
  return {
    ...{ url: waste.url, mongoUri, log, another, tokenOf },
    as: async (over) => createClient({ baseUrl: waste.url, token: await tokenOf(over) }),
    report: (deviceId, query, headers = {}) => fetch(`${waste.url}/ingest/osmand?id=${deviceId}&${query}`, { headers }),
    readAll: (event) => readAll(log, topicOf(city, event.stream)),
    close: async () => {
      await waste.close();
      await log.close();
      await engine.close();
    },
  };
}

const administratorOf = (city: string): Principal => ({
  ...{ id: 'p1', kind: 'person', city, agencies: ['dlh'], roles: ['agency-admin'], exercise: false },
});

async function readAll(log: EventLog, topic: string): Promise<CloudEvent<unknown>[]> {
  const events: CloudEvent<unknown>[] = [];
  const following = await log.follow({
    topics: [{ topic, from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const read = decodeEvent(record);
        if (!(read instanceof Fault)) events.push(read);
      }
    },
  });
  await following.caughtUp;
  await following.close();
  return events;
}

/** A phone that rides on a truck. */
type Phone = { protocol: 'osmand'; deviceId: string };

/** Trucks and phones whose ids begin with the same word, so that runs on one server stay apart. */
export const fleetOf = (run: string) => ({
  phone: (name: string): Phone => ({ protocol: 'osmand', deviceId: `${run}-phone-${name}` }),
  truck: (name: string, devices: Phone[] = []) => ({
    truckId: `${run}-${name}`,
    plate: `N 8${name} RP`,
    hullNumber: `L-${name}`,
    kind: 'armroll' as const,
    capacityKg: 4000,
    devices,
  }),
});

/** Bytes that buffers of this process hold on to; what a sender made for its bodies is garbage. */
export function keptInBuffers(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}
