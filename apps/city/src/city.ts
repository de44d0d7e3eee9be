import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createClient, GetCity, type Client } from '@siaga/contracts';
import { connectLog, type EventLog } from '@siaga/engine';
import { signToken, type Principal } from '@siaga/service';
import { servedCities } from '@siaga/service/config';
import { localUrl, networkUrls, type Listening } from './addresses.ts';
import { secretIdOf, type DataFolder } from './data-folder.ts';
import { inviteFirstAdministrator, type Entrance } from './first-administrator.ts';
import type { CityOptions } from './options.ts';
import { claimPort, freePort } from './ports.ts';
import { root } from './root.ts';
import { refuseSecondStart } from './second-start.ts';
import { Supervisor, type ChildPlan } from './supervisor.ts';

export interface City {
  /** Of the home city. */
  name: string;
  /** Where the wall answers on this machine. */
  url: string;
  /** Where phones and trackers reach it; empty unless it listens on the network. */
  deviceAddresses: string[];
  /** How people get in. */
  entrance: Entrance;
  /** It works in earnest: no simulator was started, whatever was asked for. */
  begun: boolean;
  pids(): Record<string, number | undefined>;
  stop(): Promise<void>;
}

/** Starts engine, apps and simulator on one machine. Rejects with one clear sentence and nothing left running. */
export async function startCity(options: CityOptions, data: DataFolder): Promise<City> {
  await refuseSecondStart(data); // its port would be taken, too, and say less
  const port = await claimPort(options.HOST, options.PORT);
  await data.endRestore();
  const { name } = data.homeCity(options);
  await data.open();
  const { file: citiesFile, added } = await data.keepCities();
  const secrets = await data.secrets();
  const [secret = ''] = secrets;
  const SIAGA_SECRET = secrets.join(',');
  const supervisor = new Supervisor();
  const door = await doorOf(options, port);
  const { url, plainUrl, deviceAddresses } = door;
  let entrance: Entrance;
  let begun: boolean;
  try {
    const engine = await startEngine(supervisor, options, data);
    const cities = servedCities({
      ...options,
      SIAGA_CITIES: [...(options.SIAGA_CITIES ?? []), ...added],
    });
    const verifying = baseEnv(options, {
      SIAGA_CITIES: cities.join(','),
      SIAGA_CITIES_FILE: citiesFile,
      ...engine,
      SIAGA_SECRET,
      SIAGA_LOCAL_OPERATOR: String(!options.lan),
      SIAGA_MAP: options.SIAGA_MAP ?? data.mapFolder,
    });
    const seatOf = seating(options);
    const planOf = (name: string) => servicePlan(name, seatOf(name), verifying);
    const waste = await planOf('waste');
    const street = withMqtt(options, await planOf('street'));
    const identity = await planOf('identity');
    const alarms = await planOf('alarms');
    const emergency = await planOf('emergency');
    const talk = await planOf('talk');
    const services = [waste, street, identity, alarms, emergency, talk];
    await Promise.all([
      ...services.map((plan) => supervisor.start(plan)),
      supervisor.start({
        name: 'gateway',
        script: app('gateway'),
        healthUrl: `${plainUrl}/health/live`,
        env: {
          ...verifying,
          ...door.env,
          WASTE_URL: urlOf(waste),
          STREET_URL: urlOf(street),
          IDENTITY_URL: urlOf(identity),
          ALARMS_URL: urlOf(alarms),
          EMERGENCY_URL: urlOf(emergency),
          TALK_URL: urlOf(talk),
          SIAGA_SIMULATOR: String(options.simulator),
          SIAGA_DEVICE_ADDRESSES: deviceAddresses.join(','),
        },
      }),
    ]);
    await data.recordRunning({
      ...{ pid: process.pid, url, plainUrl, addresses: deviceAddresses },
      ...{ city: options.SIAGA_CITY, cities, secretId: secretIdOf(secret) },
      apps: { ...Object.fromEntries(services.map((plan) => [plan.name, urlOf(plan)])), gateway: plainUrl },
      ...(engine.SIAGA_ENGINE === undefined ? {} : { logSocket: engine.SIAGA_ENGINE }),
    });
    const own = await ownClient(options, urlOf(identity), secret);
    begun = await hasBegun(await ownClient(options, plainUrl, secret));
    const simulator = options.simulator && !begun ? await simulatorPlan(options, plainUrl, secret) : undefined;
    [entrance] = await Promise.all([
      inviteFirstAdministrator(own),
      simulator === undefined ? undefined : supervisor.start(simulator),
    ]);
  } catch (error) {
    await supervisor.stop();
    await data.forgetRunning();
    throw error;
  }
  return {
    name,
    url,
    deviceAddresses,
    entrance,
    begun,
    pids: () => supervisor.pids(),
    stop: async () => {
      await supervisor.stop();
      await data.forgetRunning();
    },
  };
}

/** Where the gateway is reached from where, and the part of its environment that says so. */
interface Door {
  url: string;
  plainUrl: string;
  deviceAddresses: string[];
  env: Record<string, string>;
}

/** With a certificate the public port speaks TLS only; our own processes come in by a second one, on loopback. */
async function doorOf(options: CityOptions, port: number): Promise<Door> {
  const { HOST: host, TLS_CERT_FILE, TLS_KEY_FILE, lan } = options;
  const isSecure = TLS_CERT_FILE !== undefined && TLS_KEY_FILE !== undefined;
  const listening: Listening = { scheme: isSecure ? 'https' : 'http', host, port };
  const url = localUrl(listening);
  const deviceAddresses = lan ? networkUrls(listening) : [];
  const env = { HOST: host, PORT: String(port) };
  if (!isSecure) return { url, plainUrl: url, deviceAddresses, env };
  const localPort = await freePort();
  const plainUrl = localUrl({ scheme: 'http', host: '127.0.0.1', port: localPort });
  return { url, plainUrl, deviceAddresses, env: { ...env, LOCAL_PORT: String(localPort) } };
}

/** What the apps are told of log and documents. */
type Engines = { MONGODB_URI: string } & (
  { KAFKA_BROKERS: string; SIAGA_ENGINE?: never } | { SIAGA_ENGINE: string; KAFKA_BROKERS?: never }
);

/** Addresses of the embedded engine, or of the real ones; nothing is started that the environment already names. */
async function startEngine(supervisor: Supervisor, options: CityOptions, data: DataFolder): Promise<Engines> {
  const { KAFKA_BROKERS, MONGODB_URI } = options;
  if (KAFKA_BROKERS !== undefined && MONGODB_URI !== undefined) return { KAFKA_BROKERS, MONGODB_URI };
  const watched: { log?: EventLog } = {};
  const ready = await supervisor.start({
    name: 'engine',
    script: app('engine'),
    env: baseEnv(options, {
      SIAGA_DATA: data.folder,
      SIAGA_DISK_RESERVE_MIB: String(options.SIAGA_DISK_RESERVE_MIB),
    }),
    // its socket is told once it runs, and stays the same whenever it comes back
    askHealth: async () => watched.log?.storage?.(),
  });
  watched.log = connectLog(String(ready['logSocket']));
  return {
    ...(KAFKA_BROKERS === undefined ? { SIAGA_ENGINE: String(ready['logSocket']) } : { KAFKA_BROKERS }),
    MONGODB_URI: MONGODB_URI ?? String(ready['mongoUri']),
  };
}

function baseEnv(options: CityOptions, more: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    SIAGA_CITY: options.SIAGA_CITY,
    LOG_LEVEL: options.LOG_LEVEL,
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? path.join(root, '.nx/compile-cache'),
    ...more,
  };
}

const app = (name: string) => path.join(root, `dist/apps/${name}/main.js`);

/**
 * The seats of this start. The embedded documents belong to one data folder, and whoever starts there next inherits from
 * the children of a supervisor that was killed. A database of its own may have another supervisor's children in it, which
 * live: there the seats are of this start alone.
 */
function seating({ MONGODB_URI }: CityOptions): (app: string) => string {
  const ofThisStart = MONGODB_URI === undefined ? '' : `@${randomBytes(6).toString('hex')}`;
  return (name) => `${name}${ofThisStart}`;
}

async function servicePlan(name: string, seat: string, base: Record<string, string>): Promise<ChildPlan> {
  const port = await freePort();
  const env = { ...base, HOST: '127.0.0.1', PORT: String(port) };
  return { name, script: app(name), seat, env, healthUrl: `http://127.0.0.1:${port}/health/live` };
}

/** Controllers of lamps reach the service itself by MQTT; all else goes through the gateway. */
const withMqtt = ({ HOST, MQTT_PORT }: CityOptions, plan: ChildPlan): ChildPlan => ({
  ...plan,
  env: { ...plan.env, MQTT_HOST: HOST, MQTT_PORT: String(MQTT_PORT) },
});

const urlOf = (plan: ChildPlan) => `http://127.0.0.1:${plan.env['PORT'] ?? ''}`;

/** The supervisor's own calls of a service. */
async function ownClient(options: CityOptions, baseUrl: string, secret: string): Promise<Client> {
  const supervisor: Principal = {
    id: 'city-supervisor',
    kind: 'service',
    city: options.SIAGA_CITY,
    agencies: ['command'],
    roles: ['city-admin'],
    exercise: false,
  };
  return createClient({ baseUrl, token: await signToken(supervisor, secret, '1m') });
}

/** Whether its administrator has said that it works in earnest: then nothing simulated comes in any more. */
async function hasBegun(call: Client): Promise<boolean> {
  return (await call(GetCity, {})).beganAtMs !== undefined;
}

async function simulatorPlan(options: CityOptions, url: string, secret: string): Promise<ChildPlan> {
  const simulator: Principal = {
    id: 'simulator',
    kind: 'service',
    city: options.SIAGA_CITY,
    agencies: ['dlh', 'dishub', 'satpolpp', 'dinkes'],
    // its crews' phones tell where they are
    roles: ['agency-admin', 'responder'],
    exercise: true,
  };
  const SIAGA_SIMULATOR_TOKEN = await signToken(simulator, secret, '30d');
  const asked = { SPEED: String(options.speed), ...(options.scene === undefined ? {} : { SCENE: options.scene }) };
  const env = baseEnv(options, { GATEWAY_URL: url, SIAGA_SIMULATOR_TOKEN, ...asked });
  return { name: 'simulator', script: app('simulator'), env, mayFinish: true };
}
