import { connectLog } from '@siaga/engine';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewRecord } from './event-log.ts';
import { WatchedLog } from './watched-log.ts';

const record = (count: number): NewRecord => ({ key: 'k', value: Buffer.from(String(count)), headers: {} });
const STUCK_AFTER_MS = 300;

describe('a log whose followers are watched', () => {
  const [city = ''] = randomCities(1);
  let engine: TestEngine;
  let log: WatchedLog;
  let topic: string;
  let made = 0;

  beforeEach(async () => {
    engine = await startTestEngine();
    log = new WatchedLog(connectLog(engine.logSocket));
    topic = `${city}.watched-${String(++made)}`;
    await log.ensure([{ topic, delivery: 'every', partitions: 1, keepForDays: 1 }]);
  });
  afterEach(async () => {
    await log.close();
    await engine.close();
  });

  const stuck = () => log.stuckFollowers(STUCK_AFTER_MS);
  const remove = (count: number) => log.purge(topic, ({ value }) => Number(value) === count);

  async function staysWell(): Promise<void> {
    const until = performance.now() + 2 * STUCK_AFTER_MS;
    do expect(await stuck()).toEqual([]);
    while (performance.now() < until);
  }

  it('says which follower takes nothing any more, until it does', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const following = await log.follow({ topics: [{ topic, from: 'start' }], onBatch: () => held });
    expect(await stuck()).toEqual([]);
    await log.append(topic, [record(1)]);
    await eventually(async () => expect(await stuck()).toEqual([`${topic}/0`]));
    release();
    await eventually(async () => expect(await stuck()).toEqual([]));
    await following.close();
  });

  it('says it of one that fails on the same records again and again', async () => {
    let tries = 0;
    const following = await log.follow({
      topics: [{ topic, from: 'start' }],
      onBatch: () => {
        tries += 1;
        throw new Error('cannot');
      },
    });
    expect(await stuck()).toEqual([]);
    await log.append(topic, [record(1)]);
    await eventually(async () => expect(await stuck()).toEqual([`${topic}/0`]));
    expect(tries).toBeGreaterThan(0);
    await following.close();
    expect(await stuck()).toEqual([]);
  });

  it('leaves alone one that read past records that are gone', async () => {
    await log.append(topic, [record(1), record(2)]);
    await remove(2);
    const seen: number[] = [];
    let work = Promise.resolve();
    let release: () => void = () => undefined;
    const following = await log.follow({
      topics: [{ topic, from: 'start' }],
      onBatch: async ({ records }) => {
        await work;
        seen.push(...records.map(({ value }) => Number(value)));
      },
    });
    await following.caughtUp;
    await staysWell();

    work = new Promise((resolve) => (release = resolve)); // what goes while it is busy was never sent to it
    for (const count of [3, 4, 5, 6, 7, 8, 9]) await log.append(topic, [record(count)]);
    await remove(9);
    expect(await stuck()).toEqual([]);
    release();
    await eventually(() => expect(following.positions(topic)).toEqual(new Map([[0, 9]])));
    expect(seen).toEqual([1, 3, 4, 5, 6, 7, 8]);
    await staysWell();
    await following.close();
  });

  it('leaves alone one that works, and one that is idle', async () => {
    const seen: number[] = [];
    const following = await log.follow({
      topics: [{ topic, from: 'start' }],
      onBatch: ({ records }) => void seen.push(...records.map(({ offset }) => offset)),
    });
    const until = performance.now() + 3 * STUCK_AFTER_MS;
    let appended = 0;
    while (performance.now() < until) {
      await log.append(topic, [record(++appended)]);
      await eventually(() => expect(seen).toHaveLength(appended));
      expect(await stuck()).toEqual([]);
    }
    await staysWell();
    await following.close();
  });
});
