import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { connectLog } from '@siaga/engine';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { DeadLetterTray } from './dead-letter-tray.ts';
import { dismissDeadLetters, listDeadLetters, reasonOf, replayDeadLetters, writeDeadLetter } from './dead-letters.ts';
import type { EventLog } from './event-log.ts';

let engine: TestEngine;
let log: EventLog;

beforeAll(async () => {
  engine = await startTestEngine();
  log = connectLog(engine.logSocket);
});
afterAll(async () => {
  await log.close();
  await engine.close();
});

/** A letter for each offset. */
async function giveUp(city: string, offsets: readonly number[], error: unknown = new Error('no')): Promise<void> {
  for (const offset of offsets)
    await writeDeadLetter(log, city, {
      record: { key: 'k', value: Buffer.from('{}'), headers: {}, partition: 0, offset, timeMs: 1 },
      group: `${city}.test.Bells.rang`,
      ...reasonOf(error),
      attempts: 5,
      origin: { topic: `${city}.test.bells`, partition: 0, offset, timeMs: 1 },
      givenUpAtMs: 2,
    });
}
async function opened(city: string): Promise<DeadLetterTray> {
  const tray = new DeadLetterTray(log, city, 3);
  tray.open();
  await eventually(() => expect(tray.count).toBeDefined());
  return tray;
}
const offsetsOf = (tray: DeadLetterTray) => tray.newest(9).map(({ origin }) => origin.offset);

it('counts each letter once, also those it does not remember, before and after a restart', async () => {
  const [city = ''] = randomCities(1);
  const ids = async () => (await listDeadLetters(log, city)).map(({ deadLetterId }) => deadLetterId);
  const tray = await opened(city);
  await giveUp(city, [1, 2, 3, 4, 5, 6]);
  const [first = '', , third = ''] = await ids();
  expect(await dismissDeadLetters(log, city, new Set([first, 'nobody’s']))).toBe(1);
  await giveUp(city, [2, 7]);
  expect(await replayDeadLetters(log, city, ({ deadLetterId }) => deadLetterId === third)).toBe(1);
  expect(await dismissDeadLetters(log, city, new Set([first]))).toBe(0);
  const after = await opened(city);
  for (const one of [tray, after]) await eventually(() => expect([one.count, ...offsetsOf(one)]).toEqual([5, 7, 2, 6]));
  await Promise.all([tray.close(), after.close()]);
});

it('tells why in our own words only', async () => {
  const [city = ''] = randomCities(1);
  const tray = await opened(city);
  const mongo = new Error('E11000 duplicate key { phone: "0812-555" }');
  await giveUp(city, [1], mongo);
  await giveUp(city, [2], new Fault('unavailable', mongo.message, { cause: mongo }));
  await giveUp(city, [3], new Fault('conflict', 'already taken: phone', { cause: mongo }));
  await eventually(() => {
    expect(tray.newest(3).map(({ fault }) => fault)).toEqual([
      { kind: 'conflict', detail: 'already taken: phone' },
      { kind: 'unavailable' },
      undefined,
    ]);
  });
  expect((await listDeadLetters(log, city)).map(({ cause }) => cause)[0]).toContain('0812-555');
  await tray.close();
});
