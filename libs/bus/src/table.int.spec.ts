import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeviceAssigned } from '@siaga/contracts';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { encodeEvent, encodeRetraction } from './envelope.ts';
import type { EventLog, NewRecord } from './event-log.ts';
import { openEventLog } from './open-event-log.ts';
import { LogTable } from './table.ts';
import { topicOf, topicSettings } from './topics.ts';

const [city = ''] = randomCities(1);
const topic = topicOf(city, DeviceAssigned.stream);
let engine: TestEngine;
let log: EventLog;

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  await log.ensure([topicSettings(city, DeviceAssigned.stream)]);
});
afterAll(async () => {
  await log.close();
  await engine.close();
});

const meta = (timeMs: number) => ({ city, source: 'test', exercise: false, timeMs });
const key = (deviceId: string) => `osmand:${deviceId}`;
const assigned = (deviceId: string, at: { version: number; timeMs: number }) =>
  encodeEvent(
    DeviceAssigned,
    { protocol: 'osmand', deviceId, truckId: 'T1', exercise: false, version: at.version },
    meta(at.timeMs),
  );
const gone = (deviceId: string, timeMs: number) => encodeRetraction(DeviceAssigned, key(deviceId), meta(timeMs));

/** Whether a table that follows the log holds the key of these records after them. */
async function heldAfter(first: NewRecord, ...others: NewRecord[]) {
  const about = first.key;
  const end = `end-of-${about}`;
  const table = new LogTable(log, DeviceAssigned, city);
  await table.ready;
  // one by one: the log keeps only the newest record of a key, and the table is to see each
  for (const record of [first, ...others]) {
    await log.append(topic, [record, assigned(end, { version: ++marks, timeMs: 1 })]);
    await eventually(() => {
      expect(table.get(key(end))).toMatchObject({ version: marks });
    });
  }
  const held = table.get(about);
  await table.close();
  return held?.version;
}
let marks = 0;

describe('a key that is gone', () => {
  it('is not revived by a value that is sent again', async () => {
    const value = assigned('again', { version: 100, timeMs: 100 });
    expect(await heldAfter(value, gone('again', 200), value)).toBeUndefined();
  });

  it('is not revived either after its tombstone came twice', async () => {
    const value = assigned('twice', { version: 100, timeMs: 100 });
    expect(await heldAfter(value, gone('twice', 200), gone('twice', 200), value)).toBeUndefined();
  });

  it('is not revived by an older value although the one that went was never seen', async () => {
    const older = assigned('compacted', { version: 100, timeMs: 100 });
    expect(await heldAfter(gone('compacted', 200), older)).toBeUndefined();
  });

  it('comes back with a newer version, by whatever clock', async () => {
    const renewed = assigned('renewed', { version: 101, timeMs: 150 });
    const first = assigned('renewed', { version: 100, timeMs: 100 });
    expect(await heldAfter(first, gone('renewed', 200), renewed)).toBe(101);
  });

  it('comes back when it is said anew, as in an exercise that is played again', async () => {
    const first = assigned('replayed', { version: 100, timeMs: 100 });
    const replayed = assigned('replayed', { version: 100, timeMs: 300 });
    expect(await heldAfter(first, gone('replayed', 200), replayed)).toBe(100);
  });
});
