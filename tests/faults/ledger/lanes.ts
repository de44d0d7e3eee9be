import { setTimeout as pause } from 'node:timers/promises';
import type { Driver } from './driver.ts';
import type { Answer, Ending, Entry, Operation } from './operation.ts';
import type { Random } from './random.ts';

/** An answer that takes longer is none; a phone's own patience. */
const PATIENCE_MS = 5000;
/** What a phone waits before it tries again. */
const AGAIN_MS = 50;
/** Between one thing and the next, at most: a lane is at work nearly all the time. */
const BREATH_MS = 150;
/** Most repeat until they are told; now and then one gives up, and nobody knows what became of it. */
const GIVES_UP = 0.02;
/** What nobody answers for so long is given up in any case. */
const LONGEST_MS = 120_000;

export interface Work {
  readonly drivers: readonly Driver[];
  readonly random: Random;
  /** Where a lane asks: some may go another way than others. */
  urlOf(lane: number): string;
  /** What has ended, in order of its end. */
  readonly entries: Entry[];
  /** Ends the work: what is under way is brought to its end. */
  readonly signal: AbortSignal;
}

/** Every lane of every driver asks for one thing after another until the signal; resolves when the last has ended. */
export async function runLanes(work: Work): Promise<void> {
  await Promise.all(lanesOf(work.drivers).map((lane, number) => runLane(work, lane, number)));
}

/** The lanes of these drivers by name. */
export function lanesOf(drivers: readonly Driver[]): { name: string; driver: Driver; index: number }[] {
  return drivers.flatMap((driver) =>
    Array.from({ length: driver.lanes }, (_, index) => ({ name: `${driver.name} ${String(index)}`, driver, index })),
  );
}

async function runLane(work: Work, { name, driver, index }: ReturnType<typeof lanesOf>[number], lane: number) {
  const random = work.random.branch(name);
  const next = driver.lane(index, random.branch('operations'));
  while (!work.signal.aborted) {
    const { send, ...operation } = next();
    const startedAtMs = Date.now();
    const { ending, attempts } = await perform({ send }, work.urlOf(lane), random);
    const number = work.entries.length + 1;
    const endedAtMs = Date.now();
    work.entries.push({ number, driver: driver.name, lane: name, operation, ending, attempts, startedAtMs, endedAtMs });
    await pause(random.next() * BREATH_MS);
  }
}

/** Repeats until the city has said yes or no; a no after a silence proves nothing about the attempt before. */
async function perform(
  { send }: Pick<Operation, 'send'>,
  url: string,
  random: Random,
): Promise<{ ending: Ending; attempts: number }> {
  const until = Date.now() + LONGEST_MS;
  let silence = false;
  for (let attempts = 1; ; attempts += 1) {
    const answer = await attempt(send, url);
    if (answer === 'ok') return { ending: 'ok', attempts };
    if (answer === 'refused') return { ending: silence ? 'unknown' : 'refused', attempts };
    if (answer === 'unknown') silence = true;
    if ((silence && random.chance(GIVES_UP)) || Date.now() > until)
      return { ending: silence ? 'unknown' : 'refused', attempts };
    await pause(AGAIN_MS);
  }
}

async function attempt(send: Operation['send'], url: string): Promise<Answer> {
  try {
    return await send(url, AbortSignal.timeout(PATIENCE_MS));
  } catch {
    return 'unknown'; // the connection broke, or nobody answered in time
  }
}
