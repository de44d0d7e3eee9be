import { openEventLog, type EventLog } from '@siaga/bus';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';
import { within } from './within.ts';

/** A city from the build in processes of its own, whose processes can be killed, stopped and resumed by name. */
export interface Installation {
  /** Code of the city. */
  readonly city: string;
  /** Where the gateway answers; the same through every crash. */
  readonly url: string;
  readonly dataDir: string;
  /** Names of its processes that run now, the supervisor's not among them. */
  names(): Promise<string[]>;
  /** kill -9 of those that are alive; they come back by themselves. False when none was. */
  kill(...names: readonly string[]): Promise<boolean>;
  /** SIGSTOP: the process stays, and does nothing. Answers the id it had. */
  freeze(name: string): Promise<number>;
  /** SIGCONT for a process that was frozen; false when it is gone. */
  thaw(pid: number): boolean;
  /** Waits until the process is alive, then answers what kills it at once, for a moment that cannot wait. */
  trigger(name: string): Promise<() => boolean>;
  /** kill -9 of everything at once, supervisor included, then a start on the same data and port. */
  losePower(): Promise<void>;
  /** The log of the city, read from outside. Close it. */
  openLog(): Promise<EventLog>;
  /** Stops the city as Ctrl-C does and removes its data. */
  end(): Promise<void>;
}

const CITY = '3574';
/** A city that starts needs a few seconds; one that hangs is a finding. */
const STARTS_WITHIN_MS = 60_000;

/** Starts it; `env` as for `npm start`: `KAFKA_BROKERS` and `MONGODB_URI` move either half to another engine. */
export async function startInstallation(env: Readonly<Record<string, string>> = {}): Promise<Installation> {
  let running: TestCity = await startTestCity({ env: { ...env, SIAGA_CITY: CITY } });
  const { url, dataDir } = running;
  const { port } = new URL(url);
  // a killed process keeps its id until its parent looks
  const killed = new Set<number>();
  const kill9 = (pid: number) => {
    killed.add(pid);
    return signal(pid, 'SIGKILL');
  };
  const alive = async (names: readonly string[]) => {
    const pids = await running.pids();
    return names.flatMap((name) => (pids[name] === undefined ? [] : [{ pid: pids[name] }]));
  };
  return {
    city: CITY,
    url,
    dataDir,
    names: async () => Object.keys(await running.pids()),
    kill: async (...names) => {
      const victims = await alive(names);
      return victims.filter(({ pid }) => !killed.has(pid) && kill9(pid)).length > 0;
    },
    freeze: async (name) => {
      const [victim] = await alive([name]);
      if (victim === undefined || !signal(victim.pid, 'SIGSTOP')) throw new Error(`${name} does not run`);
      return victim.pid;
    },
    thaw: (pid) => signal(pid, 'SIGCONT'),
    trigger: (name) =>
      eventually(async () => {
        const [victim] = await alive([name]);
        if (victim === undefined || killed.has(victim.pid) || !signal(victim.pid, 0))
          throw new Error(`${name} does not run`);
        return () => kill9(victim.pid);
      }, 30_000),
    losePower: async () => {
      const pids = Object.values(await running.pids());
      const dying = running.kill9();
      for (const pid of pids) signal(pid, 'SIGKILL');
      await dying;
      const again = startTestCity({ dataDir, env: { ...env, SIAGA_CITY: CITY, PORT: port } });
      running = await within(STARTS_WITHIN_MS, 'the city after the power loss', again);
    },
    openLog: async () => {
      if (env['KAFKA_BROKERS'] !== undefined) return openEventLog({ KAFKA_BROKERS: env['KAFKA_BROKERS'] });
      return openEventLog({ SIAGA_ENGINE: await running.logSocket() });
    },
    end: async () => {
      await running.stop();
      await running.remove();
    },
  };
}
