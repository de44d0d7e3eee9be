import { fork, type ChildProcess } from 'node:child_process';
import { createLogger } from '@siaga/service';

const log = createLogger('city');

/** One child of the supervisor. */
export interface ChildPlan {
  name: string;
  /** Path of the script to fork. */
  script: string;
  args?: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Asked every 5 s; two bad answers in a row and the child is killed and started anew. */
  healthUrl?: string;
  /** A child that ends with code 0 has done its work and is not started again. */
  mayFinish?: boolean;
}

/** A child said it cannot start and why; nothing is retried, the sentence goes to the person at the terminal. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;
/** A child that ran so long starts again without a grown pause: one that dies on start must not burn the processor. */
const STEADY_AFTER_MS = 2000;
const STOP_WITHIN_MS = 10_000;
const HEALTH_EVERY_MS = 5000;

interface Child {
  plan: ChildPlan;
  process: ChildProcess;
  startedAtMs: number;
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
  #stopping = false;
  #health: NodeJS.Timeout | undefined;

  /** Resolves with what the child said in `{ ready }`; rejects with {@link Refused} when its first start fails. */
  start(plan: ChildPlan): Promise<Record<string, unknown>> {
    this.#health ??= setInterval(() => void this.#askHealth(), HEALTH_EVERY_MS).unref();
    return new Promise((resolve, reject) => {
      const child: Child = {
        plan,
        process: spawn(plan),
        startedAtMs: Date.now(),
        pauseMs: FIRST_PAUSE_MS,
        badAnswers: 0,
      };
      this.#children.push(child);
      this.#watch(child);
      child.process.on('message', (message) => {
        const { ready, refused } = message as { ready?: Record<string, unknown>; refused?: string };
        if (ready !== undefined) resolve(ready);
        if (refused !== undefined) reject(new Refused(refused));
      });
      child.process.once('exit', (code) =>
        reject(new Refused(`${plan.name} ended with code ${String(code)} before it was ready.`)),
      );
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
    child.process.once('exit', (code, signal) => {
      if (this.#stopping || (code === 0 && child.plan.mayFinish === true)) return;
      if (Date.now() - child.startedAtMs > STEADY_AFTER_MS) child.pauseMs = FIRST_PAUSE_MS;
      log.warn({ code, signal, againInMs: child.pauseMs }, `${child.plan.name} ended and is started again`);
      child.restart = setTimeout(() => {
        child.process = spawn(child.plan);
        child.startedAtMs = Date.now();
        child.badAnswers = 0;
        this.#watch(child);
      }, child.pauseMs);
      child.pauseMs = Math.min(child.pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  async #askHealth(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.plan.healthUrl === undefined || child.process.exitCode !== null) return;
        const healthy = await fetch(child.plan.healthUrl, { signal: AbortSignal.timeout(4000) }).then(
          (response) => response.ok,
          () => false,
        );
        child.badAnswers = healthy ? 0 : child.badAnswers + 1;
        if (child.badAnswers < 2 || Date.now() - child.startedAtMs < 2 * HEALTH_EVERY_MS) return;
        log.error(`${child.plan.name} is not healthy and is killed`);
        child.badAnswers = 0;
        child.process.kill('SIGKILL');
      }),
    );
  }
}

function spawn(plan: ChildPlan): ChildProcess {
  return fork(plan.script, plan.args ?? [], { env: { ...plan.env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

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
