import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { loggedNotices, spokenNotices, type ChildNotices, type KillReason } from './child-notices.ts';

/** One child of the supervisor. */
export interface ChildPlan {
  name: string;
  /** Path of the script to fork. */
  script: string;
  args?: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Told in `SIAGA_SEAT` with an incarnation: whose leases it may take at once, since the one before it is dead. */
  seat?: string;
  /** Asked every 5 s; two bad answers in a row and the child is killed and started anew. */
  healthUrl?: string;
  /** The same for a child without HTTP: rejects, or is silent for 4 s, when the child is not well. */
  askHealth?: () => Promise<unknown>;
  /** A child that ends with code 0 has done its work and is not started again. */
  mayFinish?: boolean;
}

/** A child said it cannot start and why; nothing is retried, the sentence goes to the person at the terminal. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;
/** A child that has not said it is ready by then hangs, and is killed. Eight that start at once on a busy machine take a while. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const HEALTH_EVERY_MS = 5000;
const ANSWER_WITHIN_MS = 4000;

interface Child {
  plan: ChildPlan;
  process: ChildProcess;
  startedAtMs: number;
  ready: boolean;
  /** Before the next start: grows while starts fail, so that a child that cannot start does not burn the processor. */
  pauseMs: number;
  restart?: NodeJS.Timeout;
  badAnswers: number;
}

/**
 * Starts children, starts a dead or hung one again with a growing pause, and stops them in reverse order. Children hold
 * an IPC channel, so they end by themselves should the supervisor be killed.
 */
export class Supervisor {
  readonly #children: Child[] = [];
  readonly #notices: ChildNotices;
  #stopping = false;
  #health: NodeJS.Timeout | undefined;

  constructor(notices = process.stdout.isTTY ? spokenNotices(console.log) : loggedNotices) {
    this.#notices = notices;
  }

  /** Resolves with what the child said in `{ ready }`; rejects with {@link Refused} when its first start fails. */
  start(plan: ChildPlan): Promise<Record<string, unknown>> {
    this.#health ??= setInterval(() => void this.#askHealth(), HEALTH_EVERY_MS).unref();
    return new Promise((resolve, reject) => {
      const child: Child = { plan, process: spawn(plan), pauseMs: FIRST_PAUSE_MS, ...newborn() };
      this.#children.push(child);
      this.#watch(child);
      child.process.on('message', (message) => {
        const { ready, refused } = message as { ready?: Record<string, unknown>; refused?: string };
        if (ready !== undefined) resolve(ready);
        if (refused !== undefined) reject(new Refused(refused));
      });
      child.process.once('exit', (code, signal) => reject(new Refused(refusalOf(plan.name, String(signal ?? code)))));
    });
  }

  /** Process ids by name, for tests and the record. */
  pids(): Record<string, number | undefined> {
    return Object.fromEntries(this.#children.map(({ plan, process }) => [plan.name, process.pid]));
  }

  /** SIGTERM to each child, the last started first; one that stays is killed after 10 s. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#health);
    for (const child of this.#children.toReversed()) {
      clearTimeout(child.restart);
      await end(child.process);
    }
  }

  #watch(child: Child): void {
    child.process.on('message', (message) => {
      if ((message as { ready?: unknown }).ready === undefined) return;
      child.ready = true;
      child.pauseMs = FIRST_PAUSE_MS;
    });
    child.process.once('exit', (code, signal) => {
      if (this.#stopping || (code === 0 && child.plan.mayFinish === true)) return;
      this.#notices.ended({ name: child.plan.name, code, signal, againInMs: child.pauseMs });
      child.restart = setTimeout(() => {
        Object.assign(child, { process: spawn(child.plan), ...newborn() });
        this.#watch(child);
      }, child.pauseMs);
      if (!child.ready) child.pauseMs = Math.min(child.pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  async #askHealth(): Promise<void> {
    await Promise.all(this.#children.map((child) => this.#look(child)));
  }

  /** A child that is down is not looked at: it is about to be started. */
  async #look(child: Child): Promise<void> {
    if (child.process.exitCode !== null || child.process.signalCode !== null) return;
    if (!child.ready) {
      if (Date.now() - child.startedAtMs > READY_WITHIN_MS) this.#kill(child, 'not-ready');
      return;
    }
    const asked = child.process;
    const well = await answersWell(child.plan);
    if (child.process !== asked) return; // meanwhile it was started anew
    child.badAnswers = well ? 0 : child.badAnswers + 1;
    if (child.badAnswers >= 2) this.#kill(child, 'not-healthy');
  }

  #kill(child: Child, why: KillReason): void {
    this.#notices.killed({ name: child.plan.name, why });
    child.process.kill('SIGKILL');
  }
}

const refusalOf = (name: string, how: string) =>
  `${name} berhenti (${how}) sebelum siap · ${name} ended with ${how} before it was ready`;

const newborn = () => ({ startedAtMs: Date.now(), ready: false, badAnswers: 0 });

async function answersWell({ healthUrl, askHealth }: ChildPlan): Promise<boolean> {
  try {
    if (askHealth !== undefined) return await Promise.race([askHealth().then(() => true), tooLate()]);
    if (healthUrl !== undefined) return (await fetch(healthUrl, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).ok;
    return true;
  } catch {
    return false;
  }
}

const tooLate = () => delay(ANSWER_WITHIN_MS, false, { ref: false });

/** Only ever after the exit of the child before it: that is what its seat says. */
function spawn({ script, args = [], env, seat }: ChildPlan): ChildProcess {
  const seated = seat === undefined ? {} : { SIAGA_SEAT: `${seat}:${String(nextIncarnation())}` };
  return fork(script, args, { env: { ...env, ...seated }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** Epoch ms by a clock that nobody can set back while this supervisor lives. */
const nextIncarnation = () => Math.floor(performance.timeOrigin + performance.now());

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
