import { randomBytes } from 'node:crypto';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { createClient, Fault, type AnyEvent, type Client, type CloudEvent } from '@siaga/contracts';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { startTestEngine } from '@siaga/testing';
import { StreetConfig } from './config.ts';
import { startStreet } from './street.module.ts';

/** The street service on an engine of its own, or on the Kafka of `KAFKA_BROKERS`, and the doors a test reaches it by. */
export interface TestStreet {
  readonly url: string;
  /** Where its documents are. */
  readonly mongoUri: string;
  /** Of its engine, for who makes its disk slow. */
  readonly dataDir: string;
  /** The test's own line to the log. */
  readonly log: EventLog;
  /** A caller of the city: Dishub's administrator, unless told otherwise. */
  as(over: Partial<Principal>): Promise<Client>;
  tokenOf(over: Partial<Principal>): Promise<string>;
  /** What is said of each thing by now, by its key; kept up to date from the first call on. */
  latest(event: AnyEvent): Promise<Said>;
  /** Everything the stream of an event holds now, oldest first. */
  readAll(event: AnyEvent): Promise<CloudEvent<unknown>[]>;
  /** A path asked as somebody, as it is answered. */
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Another process of the service on the same engine, as a second replica is; it ends with the first. */
  replica(): Promise<Pick<TestStreet, 'as'>>;
  close(): Promise<void>;
}

/** The last thing said of each thing, by its key. */
export type Said = ReadonlyMap<string, CloudEvent<unknown>>;

/** Starts it for one city. */
export async function startTestStreet(
  city: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestStreet> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const brokers = process.env['KAFKA_BROKERS'];
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  const config = StreetConfig.parse({
    ...{ MONGODB_URI: engine.mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret, ...environment },
  });
  const administrator: Principal = {
    ...{ id: 'p1', kind: 'person', city, agencies: ['dishub'], roles: ['agency-admin'], exercise: false },
  };
  const tokenOf = (over: Partial<Principal>) => signToken({ ...administrator, ...over }, secret, '10m');

  const log = await open();
  const views = new Map<string, Promise<Said>>();
  const street = await startStreet(config, await open());
  const replicas: RunningService[] = [];
  return {
    ...{ url: street.url, mongoUri: engine.mongoUri, dataDir: engine.dataDir, log, tokenOf },
    as: async (over) => createClient({ baseUrl: street.url, token: await tokenOf(over) }),
    ask: async (path, headers = {}) =>
      fetch(street.url + path, { headers: { authorization: `Bearer ${await tokenOf({})}`, ...headers } }),
    latest: (event) => {
      const topic = topicOf(city, event.stream);
      const known = views.get(topic) ?? follow(log, topic);
      views.set(topic, known);
      return known;
    },
    readAll: (event) => readAll(log, topicOf(city, event.stream)),
    replica: async () => {
      const replica = await startStreet(config, await open());
      replicas.push(replica);
      return { as: async (over) => createClient({ baseUrl: replica.url, token: await tokenOf(over) }) };
    },
    close: async () => {
      await Promise.all(replicas.map((one) => one.close()));
      await street.close();
      await log.close();
      await engine.close();
    },
  };
}

async function follow(log: EventLog, topic: string): Promise<Said> {
  const said = new Map<string, CloudEvent<unknown>>();
  const following = await log.follow({
    topics: [{ topic, from: 'start' }],
    onBatch: ({ records }) => {
      for (const record of records) {
        const read = decodeEvent(record);
        if (read instanceof Fault) throw read;
        if (read.data === null) said.delete(read.subject);
        else said.set(read.subject, read);
      }
    },
  });
  await following.caughtUp;
  return said;
}

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

/** A spreadsheet as the import is sent it. */
export const sheetOf = (headings: string, lines: readonly string[]) => ({
  fileName: 'daftar.csv',
  contentBase64: Buffer.from([headings, ...lines].join('\r\n')).toString('base64'),
});
