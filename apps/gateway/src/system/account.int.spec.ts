import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { encodeEvent, openEventLog, topicOf, topicSettings, type EventLog } from '@siaga/bus';
import { FixRecorded, wasteFixes } from '@siaga/contracts';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { eyesOf } from '../live/eyes.ts';
import { encodePosition } from '../live/position.ts';
import { StreamState } from '../live/stream-state.ts';
import { positionIn, viewOf } from '../live/views.ts';
import { ACCOUNT_LIMITS } from './account-reading.ts';
import { planAccount, readAccount } from './account.ts';

const eyes = eyesOf({ roles: ['viewer'], agencies: ['command'] }, Date.now());
let engine: TestEngine;
let log: EventLog;
/** Batches that are held back. */
const held: (() => void)[] = [];

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
});
afterAll(async () => {
  for (const go of held) go();
  await log.close();
  await engine.close();
});

/** What a gateway holds of the fixes of a city of its own, as a screen that sees them would. */
class FixesOfCity {
  readonly city = randomCities(1)[0] ?? '';
  readonly topic = topicOf(this.city, wasteFixes);
  #state!: StreamState;

  static async begin(): Promise<FixesOfCity> {
    const fixes = new FixesOfCity();
    await log.ensure([topicSettings(fixes.city, wasteFixes)]);
    const { logId, partitions } = await log.ends(fixes.topic);
    fixes.#state = new StreamState(
      [{ stream: wasteFixes, events: [FixRecorded], topic: fixes.topic, logId, ends: partitions }],
      { keepForMs: 1000, maxBytes: 1e6 },
    );
    await log.follow({
      topics: [{ topic: fixes.topic, from: 'start' }],
      onBatch: ({ partition, records }) => void fixes.#state.advance(wasteFixes, partition, records),
    });
    return fixes;
  }

  async publish(truckId: string, ids: readonly string[]): Promise<void> {
    const fix = { truckId, deviceId: '1', atMs: 1, receivedAtMs: 1, lat: 0, lng: 0, protocol: 'osmand' as const };
    const meta = { city: this.city, source: 'test', exercise: false };
    const records = ids.map((fixId) => encodeEvent(FixRecorded, { ...fix, fixId, alarms: [] }, { ...meta, id: fixId }));
    await log.append(this.topic, records);
    await eventually(async () => {
      const { partitions } = await log.ends(this.topic);
      const ends = new Map([[this.#state.code(wasteFixes), partitions.map(({ next }) => next)]]);
      expect(this.#state.hasReached(ends)).toBe(true);
    });
  }

  get position(): string {
    const view = viewOf(this.#state, { streams: new Set([wasteFixes]), eyes, area: null });
    return encodePosition(positionIn(this.#state, view, { atMs: Date.now(), vector: this.#state.vector }));
  }

  /** Everything is too old to be held. */
  letGo(): void {
    this.#state.expire(Date.now() + 3_600_000);
  }

  account(
    from: string,
    to: string,
    { from: read = log, withinMs = 10_000 }: { from?: Pick<EventLog, 'ends' | 'follow'>; withinMs?: number } = {},
  ) {
    const limits = { ...ACCOUNT_LIMITS, withinMs };
    return readAccount(planAccount({ log: read, city: this.city, state: this.#state, eyes, from, to, limits }));
  }
}

/** The log, seen by somebody who counts what it hands over, and holds back every batch after so many. */
function watched({ holdAfter = Infinity } = {}) {
  const seen = { records: 0, batches: 0 };
  const reader: Pick<EventLog, 'ends' | 'follow'> = {
    ends: (topic) => log.ends(topic),
    follow: (options) =>
      log.follow({
        ...options,
        onBatch: async (batch) => {
          seen.records += batch.records.length;
          if ((seen.batches += 1) > holdAfter) await new Promise<void>((resolve) => held.push(resolve));
          await options.onBatch(batch);
        },
      }),
  };
  return { seen, reader };
}
const some = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${String(index)}`);

it('reads nothing of a partition in which nothing happened', async () => {
  const fixes = await FixesOfCity.begin();
  for (const truck of ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']) await fixes.publish(truck, some(50, truck));
  const from = fixes.position;
  await fixes.publish('T1', ['new']);
  const { seen, reader } = watched();
  expect(await fixes.account(from, fixes.position, { from: reader })).toEqual({ ids: ['new'] });
  expect(seen.records).toBe(1);
});

it('ends where the last events were removed from the log', async () => {
  const fixes = await FixesOfCity.begin();
  await fixes.publish('T1', ['first']);
  const from = fixes.position;
  await fixes.publish('T1', ['kept', 'removed-1', 'removed-2']);
  const to = fixes.position;
  await log.purge(fixes.topic, ({ headers }) => (headers['ce_id'] ?? '').startsWith('removed'));
  expect(await fixes.account(from, to)).toEqual({ ids: ['kept'] });
});

it('answers what it has read when the log grows slow, and goes on from there', async () => {
  const fixes = await FixesOfCity.begin();
  const from = fixes.position;
  for (const truck of ['T1', 'T2', 'T3', 'T4', 'T5', 'T6']) await fixes.publish(truck, [truck]);
  const slow = watched({ holdAfter: 1 });
  const first = await fixes.account(from, fixes.position, { from: slow.reader, withinMs: 300 });
  expect(first.ids.length).toBeGreaterThan(0);
  const rest = await fixes.account(first.next ?? '', fixes.position);
  expect([...first.ids, ...rest.ids].toSorted()).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']);
  const silent = watched({ holdAfter: 0 });
  await expect(fixes.account(from, fixes.position, { from: silent.reader, withinMs: 300 })).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

it('does not count a repeat of what came before the screen, however long ago that was', async () => {
  const fixes = await FixesOfCity.begin();
  await fixes.publish('T1', ['before']);
  const from = fixes.position;
  await fixes.publish('T1', ['new', 'before', 'new']);
  const to = fixes.position;
  fixes.letGo();
  expect(await fixes.account(from, to)).toEqual({ ids: ['new'] });
});
