import { describe, expect, it } from '@jest/globals';
import { dayStartMs, DAY_MS, HOUR_MS } from './city-time.ts';
import type { Message } from './dialects.ts';
import { fleet, type SimulatedTruck } from './fleet.ts';
import { MEMORY, Tracker, type Answer } from './tracker.ts';
import { CityModel } from './whereabouts.ts';

const dayMs = dayStartMs(Date.parse('2026-11-21T03:00:00Z'));
const model = new CityModel('a');

/** The far side of the air: what it answers, and what it was told. */
class Air {
  readonly heard: Message[] = [];
  answer: Answer = 'taken';
  readonly send = (message: Message): Promise<Answer> => {
    if (this.answer === 'taken') this.heard.push(message);
    return Promise.resolve(this.answer);
  };
  /** Times of the fixes heard since a message, by the device's clock, in order of hearing. */
  timesMs(since = 0): number[] {
    return this.heard
      .slice(since)
      .map(({ path }) => Number(new URLSearchParams(path.split('?')[1]).get('timestamp')) * 1000);
  }
}

/** Runs one device through some hours in steps of ten seconds, as the one timer would. */
async function run(truck: SimulatedTruck, { fromMs, hours, live }: { fromMs: number; hours: number; live: boolean }) {
  const air = new Air();
  let nowMs = fromMs;
  const tracker = new Tracker(truck, { model, send: air.send, fromMs, now: () => nowMs });
  const lateMs: number[] = [];
  for (; nowMs < fromMs + hours * HOUR_MS; nowMs += 10_000) {
    tracker.measureUntil(nowMs, live);
    const before = air.heard.length;
    await tracker.flush();
    lateMs.push(...air.timesMs(before).map((atMs) => nowMs - atMs));
  }
  return { air, tracker, lateMs };
}

const plain = fleet.find(({ dialect, weakness }) => dialect === 'osmand-query' && weakness === undefined)!;
const speaking = (weakness: SimulatedTruck['weakness']): SimulatedTruck => ({
  ...fleet.find((truck) => truck.weakness === weakness)!,
  dialect: 'osmand-query',
});

describe('a device over a whole day', () => {
  it('reports every beat while moving and once a minute while standing, and repeats the day for the same seed', async () => {
    const first = await run(plain, { fromMs: dayMs, hours: 24, live: true });
    const second = await run(plain, { fromMs: dayMs, hours: 24, live: true });
    expect(second.air.heard).toEqual(first.air.heard);
    const times = [...new Set(first.air.timesMs())].toSorted((a, b) => a - b);
    const gaps = times.slice(1).map((atMs, index) => atMs - times[index]!);
    expect(Math.min(...gaps)).toBeLessThanOrEqual(10_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(180_000);
  });

  it('has late batches, repeats, losses, and batches out of order', async () => {
    const { air, lateMs } = await run(plain, { fromMs: dayMs, hours: 72, live: true });
    const times = air.timesMs();
    const once = new Set(times).size;
    expect(lateMs.filter((ms) => ms > 60_000).length).toBeGreaterThan(10);
    expect(Math.max(...lateMs)).toBeLessThan(9 * 60_000);
    expect(times.length - once).toBeGreaterThan(once * 0.01);
    expect(times.length - once).toBeLessThan(once * 0.04);
    expect(times.some((atMs, index) => index > 0 && atMs < times[index - 1]!)).toBe(true);
  });
});

describe('weaknesses', () => {
  it('a jumping clock is ten minutes ahead for some minutes, only against the real time', async () => {
    const ahead = async (live: boolean) =>
      (await run(speaking('clock-jumps-ahead'), { fromMs: dayMs, hours: 24, live })).lateMs.filter((ms) => ms < 0);
    const live = await ahead(true);
    expect(live.length).toBeGreaterThan(0);
    for (const ms of live) expect(ms).toBeLessThan(-300_000);
    expect(await ahead(false)).toEqual([]);
  });

  it('a slow clock is 20 s behind', async () => {
    const { lateMs } = await run(speaking('slow-clock'), { fromMs: dayMs, hours: 4, live: true });
    expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(20_000);
  });

  it('a weak battery dies in the shift, and is charged after a while', async () => {
    const { air } = await run(speaking('weak-battery'), { fromMs: dayMs, hours: 24, live: true });
    const times = air.timesMs();
    const between = (from: number, to: number) =>
      times.filter((atMs) => atMs >= dayMs + from * HOUR_MS && atMs < dayMs + to * HOUR_MS).length;
    expect(between(6, 8)).toBeGreaterThan(100);
    expect(between(8.25, 8.7)).toBe(0);
    expect(between(9, 11)).toBeGreaterThan(100);
    expect(between(15, 24)).toBeGreaterThan(500);
  });
});

describe('when the city does not answer', () => {
  let realMs = 0;
  const silent = () => {
    const air = new Air();
    air.answer = 'later';
    return { air, tracker: new Tracker(plain, { model, send: air.send, fromMs: dayMs, now: () => realMs }) };
  };

  it('keeps what it measured, forgets the oldest when full, and sends all once it answers', async () => {
    const { air, tracker } = silent();
    tracker.measureUntil(dayMs + DAY_MS, false);
    await tracker.flush();
    expect([tracker.waiting, tracker.retryAtMs - realMs]).toEqual([MEMORY, 1000]);
    expect(tracker.forgotten).toBeGreaterThan(0);
    air.answer = 'taken';
    realMs = tracker.retryAtMs - 1;
    await tracker.flush();
    expect(air.heard).toEqual([]);
    realMs = tracker.retryAtMs;
    await tracker.flush();
    expect([air.heard.length, tracker.waiting]).toEqual([MEMORY, 0]);
  });

  it('waits twice as long after each failure, a minute at most', async () => {
    const { tracker } = silent();
    tracker.measureUntil(dayMs, false);
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      await tracker.flush();
      waits.push((tracker.retryAtMs - realMs) / 1000);
      realMs = tracker.retryAtMs;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('drops what is refused for good', async () => {
    const { air, tracker } = silent();
    air.answer = 'refused';
    tracker.measureUntil(dayMs + 10 * 60_000, false);
    expect(tracker.waiting).toBeGreaterThan(5);
    await tracker.flush();
    expect(tracker.waiting).toBe(0);
  });

  it('does not measure what it slept through', () => {
    const { tracker } = silent();
    tracker.measureUntil(dayMs + DAY_MS, true);
    expect(tracker.waiting).toBe(1);
  });
});
