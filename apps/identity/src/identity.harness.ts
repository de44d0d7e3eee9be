import { randomBytes } from 'node:crypto';
import { decodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import { createClient, Fault, type AnyEvent, type Client, type CloudEvent } from '@siaga/contracts';
import { readCookies } from '@siaga/identity';
import { serviceContext, signToken, withContext, type Principal, type RunningService } from '@siaga/service';
import { Documents, type Store } from '@siaga/store';
import { startTestEngine } from '@siaga/testing';
import { hash } from 'argon2';
import { IdentityConfig } from './config.ts';
import { startIdentity } from './identity-service.module.ts';
import { InvitationsStore, type NewInvitation } from './invitations/invitations.store.ts';
import { newPrincipalId, PeopleStore, type NewPerson } from './people/people.store.ts';

/** The identity service on an engine of its own, or on the Kafka of `KAFKA_BROKERS`, and the doors a test reaches it by. */
export interface TestIdentity {
  readonly url: string;
  readonly mongoUri: string;
  /** The test's own line to the log. */
  readonly log: EventLog;
  /** What signs tokens. */
  readonly secret: string;
  readonly logSocket: string;
  /** Another process's worth of the service, on the same log, by another way if one is given, and documents. */
  another(env?: Record<string, string>, its?: EventLog): Promise<RunningService>;
  /** A caller of the city by a token without a session: a city administrator, unless told otherwise. */
  as(over: Partial<Principal>): Promise<Client>;
  tokenOf(over: Partial<Principal>): Promise<string>;
  /** Somebody who is there from the start: a viewer of `command`, unless told otherwise. */
  person(over?: Partial<TestPerson>): Promise<TestPerson>;
  /** What a one-time link carries: of a newcomer, a viewer of `command`, unless told otherwise. */
  invite(over?: Partial<NewInvitation>): Promise<{ token: string; invitationId: string }>;
  /** A browser behind a gateway, with no cookies yet. */
  browser(over?: Partial<BrowserSettings>): TestBrowser;
  /** The documents as they are kept, in the city's context: for what only time would do to them. */
  documents<Result>(look: (store: Store) => Promise<Result>): Promise<Result>;
  /** Everything the stream of an event holds now, oldest first. */
  readAll(event: AnyEvent): Promise<CloudEvent<unknown>[]>;
  close(): Promise<void>;
}

export type TestPerson = Omit<NewPerson, 'passwordHash'> & { password: string };

interface BrowserSettings {
  /** Of the process it speaks to. */
  url: string;
  isSecure: boolean;
  /** Where it says it is. */
  address: string;
  /** A copy of another browser's cookies. */
  cookies: ReadonlyMap<string, string>;
}

/** Keeps cookies, and has its access cookie turned into a bearer token, as the gateway does. */
export interface TestBrowser {
  readonly call: Client;
  readonly cookies: Map<string, string>;
  /** Another tab of the same browser: what either is given, both have. */
  tab(over?: Partial<Pick<BrowserSettings, 'url'>>): TestBrowser;
  /** `set-cookie` headers of the last answer. */
  setCookies(): readonly string[];
}

/** Starts it for one city. */
export async function startTestIdentity(city: string): Promise<TestIdentity> {
  const engine = await startTestEngine();
  const secret = randomBytes(32).toString('hex');
  const { mongoUri } = engine;
  const brokers = process.env['KAFKA_BROKERS'];
  const open = () =>
    openEventLog(brokers === undefined ? { SIAGA_ENGINE: engine.logSocket } : { KAFKA_BROKERS: brokers });
  const env = { MONGODB_URI: mongoUri, SIAGA_CITY: city, SIAGA_SECRET: secret };
  const another = async (more: Record<string, string> = {}, its?: EventLog) =>
    startIdentity(IdentityConfig.parse({ ...env, ...more }), its ?? (await open()));
  const tokenOf = (over: Partial<Principal>) => signToken({ ...administratorOf(city), ...over }, secret, '10m');

  const log = await open();
  const identity = await another();
  const kept = new Documents({ app: 'identity', cities: [city], collections: [], uri: mongoUri }, log);
  await kept.open();
  const documents: TestIdentity['documents'] = (look) => withContext(serviceContext(city), () => look(kept.store));
  return {
    ...{ url: identity.url, mongoUri, logSocket: engine.logSocket, log, secret, another, tokenOf, documents },
    as: async (over) => createClient({ baseUrl: identity.url, token: await tokenOf(over) }),
    person: (over) => documents((store) => makePerson(new PeopleStore(store), over)),
    invite: (over) => documents((store) => invite(new InvitationsStore(store), over)),
    browser: (over) => openBrowser({ ...{ url: identity.url, isSecure: false, address: '192.0.2.1' }, ...over }),
    readAll: (event) => readAll(log, topicOf(city, event.stream)),
    close: async () => {
      await identity.close();
      await kept.close();
      await log.close();
      await engine.close();
    },
  };
}

const administratorOf = (city: string): Principal => ({
  ...{ id: 'p1', kind: 'person', city, agencies: ['command'], roles: ['city-admin'], exercise: false },
});

async function makePerson(people: PeopleStore, over: Partial<TestPerson> = {}): Promise<TestPerson> {
  const personId = newPrincipalId();
  const person: TestPerson = {
    ...{ personId, userName: `p${personId.toLowerCase()}`, displayName: 'Bu Sari', password: 'kursi biru di serambi' },
    ...{ agencies: ['command'], roles: ['viewer'], ...over },
  };
  const { password, ...given } = person;
  // cheap: what is under test is not how long it takes
  await people.create({
    ...given,
    passwordHash: await hash(password, { memoryCost: 64, timeCost: 2, parallelism: 1 }),
  });
  return person;
}

async function invite(invitations: InvitationsStore, over: Partial<NewInvitation> = {}) {
  const given = { displayName: 'Pak Budi', agencies: ['command' as const], roles: ['viewer' as const] };
  const { invitation, path } = await invitations.make({ ...given, lifetimeMs: 60_000, ...over });
  return { token: path.replace('/masuk#undangan=', ''), invitationId: invitation.invitationId };
}

const openBrowser = ({ cookies, ...settings }: BrowserOf): TestBrowser => openTab(settings, new Map(cookies));

function openTab(settings: Omit<BrowserSettings, 'cookies'>, cookies: Map<string, string>): TestBrowser {
  const { url, isSecure, address } = settings;
  let setCookies: readonly string[] = [];
  const send: typeof fetch = async (to, init) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { access } = readCookies(cookie, isSecure);
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    headers.set('x-forwarded-for', address);
    headers.set('x-forwarded-proto', isSecure ? 'https' : 'http');
    headers.set('user-agent', 'Peramban Uji');
    if (access !== undefined) headers.set('authorization', `Bearer ${access}`);
    const response = await fetch(to, { ...init, headers });
    setCookies = response.headers.getSetCookie();
    for (const given of setCookies) keep(cookies, given);
    return response;
  };
  return {
    ...{ call: createClient({ baseUrl: url, fetch: send }), cookies },
    tab: (over) => openTab({ ...settings, ...over }, cookies),
    setCookies: () => setCookies,
  };
}

type BrowserOf = Omit<BrowserSettings, 'cookies'> & Partial<Pick<BrowserSettings, 'cookies'>>;

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (/max-age=0(;|$)/i.test(setCookie)) cookies.delete(name);
  else cookies.set(name, value);
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
