import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog, type EventLog } from '@siaga/bus';
import { Fault } from '@siaga/contracts';
import { currentContext, serviceContext, withContext } from '@siaga/service';
import { eventually, randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { CityDatabases } from './cities.ts';
import { defineCollection } from './collection.ts';
import { Documents } from './documents.ts';
import { Lease, type LeaseDocument } from './lease.ts';

interface Hold {
  bed: string;
  state: 'held' | 'free';
  exercise: boolean;
  rings?: number;
}

const holds = defineCollection<Hold>({
  name: 'holds',
  fields: { bed: String, state: String, exercise: Boolean, rings: Number },
});

const [city] = randomCities(1) as [string];
let engine: TestEngine;
let log: EventLog;
let databases: CityDatabases;
const inCity = <T>(run: () => Promise<T>) => withContext(serviceContext(city), run);
const process = () => new Documents({ app: 'beds', cities: [city], collections: [holds], uri: engine.mongoUri }, log);

beforeAll(async () => {
  engine = await startTestEngine();
  log = await openEventLog({ SIAGA_ENGINE: engine.logSocket });
  databases = new CityDatabases(engine.mongoUri, [city]);
  await databases.connect();
});
afterAll(async () => {
  await databases.native(city).dropDatabase();
  await databases.close();
  await log.close();
  await engine.close();
});

describe('timers', () => {
  it('survive a restart, ring once however many processes look, in the context of their document', async () => {
    const before = process();
    await before.open();
    const soon = Date.now() + 500;
    await inCity(() =>
      before.store.create(holds, { _id: 'H1', bed: 'A', state: 'held', exercise: true, wakeAtMs: soon }),
    );
    await inCity(() => before.store.create(holds, { _id: 'H2', bed: 'B', state: 'held', exercise: false }));
    await before.close();

    const rung: string[] = [];
    const later = [process(), process()];
    for (const documents of later) {
      documents.timers.onDue(holds, (hold) => {
        rung.push(`${hold._id} ${String(currentContext().exercise)}`);
        return { change: { $set: { state: 'free' } } };
      });
      await documents.open();
      documents.start();
    }
    await eventually(async () => {
      expect(await inCity(() => later[0]!.store.get(holds, 'H1'))).toEqual({
        _id: 'H1',
        bed: 'A',
        state: 'free',
        exercise: true,
        version: 2,
      });
    });
    expect(rung).toEqual(['H1 true']);
    expect(await inCity(() => later[0]!.store.get(holds, 'H2'))).toMatchObject({ state: 'held', version: 1 });
    for (const documents of later) await documents.close();
  });

  it('leave a document alone whose handler took the timer off itself', async () => {
    const documents = process();
    await documents.open();
    await inCity(() =>
      documents.store.create(holds, { _id: 'SELF', bed: 'C', state: 'held', exercise: false, wakeAtMs: Date.now() }),
    );
    documents.timers.onDue(holds, async ({ _id }) => {
      await documents.store.of(holds).updateOne({ _id }, { $unset: { wakeAtMs: 1 } });
      return undefined;
    });
    expect(await documents.timers.sweep(city)).toBe(0);
    expect(await inCity(() => documents.store.get(holds, 'SELF'))).toMatchObject({ version: 1 });
    await documents.close();
  });

  it('ring again when they are set again, and try again when they fail', async () => {
    const documents = process();
    let failures = 0;
    documents.timers.onDue(holds, (hold) => {
      if (hold._id === 'BROKEN') {
        failures += 1;
        throw new Error('cannot');
      }
      const rings = (hold.rings ?? 0) + 1;
      return { change: { $set: { rings, ...(rings < 3 ? { wakeAtMs: Date.now() } : {}) } } };
    });
    await documents.open();
    documents.start();
    const held = { bed: 'C', state: 'held' as const, exercise: false, wakeAtMs: 1 };
    await inCity(() => documents.store.create(holds, { ...held, _id: 'BROKEN' }));
    await inCity(() => documents.store.create(holds, { ...held, _id: 'H3', wakeAtMs: 2 }));
    await eventually(async () => {
      expect(await inCity(() => documents.store.get(holds, 'H3'))).toMatchObject({ rings: 3, version: 4 });
    });
    const broken = await inCity(() => documents.store.get(holds, 'BROKEN'));
    expect(failures).toBe(1);
    expect(broken.wakeAtMs).toBeGreaterThan(Date.now());
    await documents.close();
  });

  it('ring although an earlier one meets something that is away, which is told at the end', async () => {
    const documents = process();
    documents.timers.onDue(holds, (hold) => {
      if (hold._id === 'AWAY') throw new Fault('unavailable', 'the hospital does not answer');
      return { change: { $set: { state: 'free' } } };
    });
    await documents.open();
    const held = { bed: 'D', state: 'held' as const, exercise: false };
    await inCity(() => documents.store.create(holds, { ...held, _id: 'AWAY', wakeAtMs: 1 }));
    await inCity(() => documents.store.create(holds, { ...held, _id: 'H4', wakeAtMs: 2 }));
    await expect(documents.timers.sweep(city)).rejects.toThrow('the hospital does not answer');
    expect(await inCity(() => documents.store.get(holds, 'H4'))).toMatchObject({ state: 'free' });
    expect(await inCity(() => documents.store.get(holds, 'AWAY'))).toMatchObject({ wakeAtMs: 1, version: 1 });
    await documents.close();
  });

  it('have one handler per collection', () => {
    const documents = process();
    documents.timers.onDue(holds, () => undefined);
    expect(() => {
      documents.timers.onDue(holds, () => undefined);
    }).toThrow('already');
  });
});

describe('a lease', () => {
  it('has one owner, passes on when it ran out or was given up', async () => {
    const leases = databases.native(city).collection<LeaseDocument>('leases');
    const [first, second] = [
      new Lease(leases, 'night', { leaseMs: 400 }),
      new Lease(leases, 'night', { leaseMs: 400 }),
    ];
    expect(await Promise.all([first.hold(), second.hold()])).toEqual(expect.arrayContaining([true, false]));
    const [owner, other] = first.held ? [first, second] : [second, first];
    expect(await owner.hold()).toBe(true);
    await eventually(async () => {
      expect(await other.hold()).toBe(true);
    });
    expect(owner.held).toBe(false);
    expect(await owner.hold()).toBe(false);
    await other.release();
    expect(await owner.hold()).toBe(true);
  });

  it('passes at once to who sits on the seat of its owner after him, and never back', async () => {
    const leases = databases.native(city).collection<LeaseDocument>('leases');
    const on = (name: string, incarnation: number) =>
      new Lease(leases, 'seated', { leaseMs: 3_600_000, seat: { name, incarnation } });
    const [stranger, elsewhere] = [new Lease(leases, 'seated'), on('identity@elsewhere', 9)];
    const [first, second] = [on('identity', 1), on('identity', 2)];
    expect([await first.hold(), await stranger.hold(), await elsewhere.hold()]).toEqual([true, false, false]);
    expect(await first.stillHeld()).toBe(true);
    expect(await second.hold()).toBe(true);
    // by its own clock it would have it for an hour
    expect([first.held, await first.stillHeld(), first.held]).toEqual([true, false, false]);
    expect([await first.hold(), await stranger.hold(), await elsewhere.hold()]).toEqual([false, false, false]);
    expect([await on('identity', 2).hold(), await second.stillHeld()]).toEqual([false, true]);
    await second.release();
    expect([await first.hold(), await on('identity', 3).hold(), await first.stillHeld()]).toEqual([true, true, false]);
  });

  describe('of somebody else', () => {
    const leaseMs = 400;
    const dated = (_id: string, aheadMs: number) => ({ _id, owner: 'somebody', untilMs: Date.now() + aheadMs });
    const documents = () => databases.native(city).collection<LeaseDocument>('leases');

    it('who is gone, and whose clock was a year ahead, is free once nobody renewed it for three terms', async () => {
      await documents().insertOne(dated('ahead', 365 * 24 * 3_600_000));
      const lease = new Lease(documents(), 'ahead', { leaseMs });
      expect([await lease.hold(), lease.silentForMs]).toEqual([false, 0]);
      await eventually(async () => {
        expect(await lease.hold()).toBe(false);
        expect(lease.silentForMs).toBeGreaterThan(0);
      });
      await eventually(async () => {
        expect(await lease.hold()).toBe(true);
      });
      expect([await lease.stillHeld(), lease.silentForMs]).toEqual([true, 0]);
    });

    it('who lives is not robbed, however wrong his clock, not even when he renews at the last moment', async () => {
      const { _id, ...lives } = dated('wrong', 3_600_000);
      const lease = new Lease(documents(), _id, { leaseMs: 20 });
      const renew = async () => {
        lives.untilMs += 1;
        await documents().updateOne({ _id }, { $set: lives }, { upsert: true });
      };
      const until = performance.now() + 300;
      while (performance.now() < until) {
        await renew();
        expect([await lease.hold(), lease.silentForMs]).toEqual([false, 0]);
      }
      await eventually(() => {
        expect(performance.now()).toBeGreaterThan(until + 100);
      });
      expect(await lease.hold()).toBe(false);
      expect(lease.silentForMs).toBeGreaterThan(60); // three terms
      await renew();
      expect([await lease.hold(), lease.silentForMs]).toEqual([false, 0]);
    });

    it('is not ours after a sleep in which our clock stood still, nor is our own of yesterday', async () => {
      const lease = new Lease(documents(), 'slept', { leaseMs: 3_600_000 });
      expect([await lease.hold(), await lease.stillHeld()]).toEqual([true, true]);
      await documents().updateOne({ _id: 'slept' }, { $set: { untilMs: Date.now() - 1 } });
      expect([lease.held, await lease.stillHeld(), lease.held]).toEqual([true, false, false]);
      expect([await lease.hold(), await lease.stillHeld()]).toEqual([true, true]);
      const { _id, ...taken } = dated('slept', 3_600_000);
      await documents().updateOne({ _id }, { $set: taken });
      expect([lease.held, await lease.stillHeld(), await lease.hold()]).toEqual([true, false, false]);
    });
  });
});
