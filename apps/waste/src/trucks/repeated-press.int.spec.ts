import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdoptDevice, createClient, GetTruck, ListTrucks, RegisterTruck, type Client } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { randomCities } from '@siaga/testing';
import { fleetOf, startTestWaste, type TestWaste } from '../waste.harness.ts';

const [city = ''] = randomCities(1);
const { truck, phone } = fleetOf('press');
const usedBefore = { kind: 'conflict', message: expect.stringContaining('was used for another command') };
let waste: TestWaste;
let second: RunningService;
let admin: Client;
/** The same person at another process of the service. */
let elsewhere: Client;

beforeAll(async () => {
  waste = await startTestWaste(city);
  second = await waste.another();
  admin = await waste.as({});
  elsewhere = createClient({ baseUrl: second.url, token: await waste.tokenOf({}) });
});
afterAll(async () => {
  await second.close();
  await waste.close();
});

const register = (name: string, idempotencyKey: string, call = admin) =>
  call(RegisterTruck, { body: truck(name, [phone(name)]) }, { idempotencyKey });
const isThere = async (name: string) =>
  (await admin(ListTrucks, { query: { q: truck(name).truckId } })).items.length === 1;

describe('a press, told by its Idempotency-Key', () => {
  it('is answered what it was answered first, whatever happened since and whichever process is asked', async () => {
    const first = await register('01', 'k1');
    const { truckId } = first;
    await admin(AdoptDevice, { params: { truckId }, body: phone('01b') });
    expect(await register('01', 'k1')).toEqual(first);
    expect(await register('01', 'k1', elsewhere)).toEqual(first);
    expect(await admin(GetTruck, { params: { truckId } })).toMatchObject({ version: 2 });
  });

  it('is refused when it asks for something else: another body, another truck, another route', async () => {
    await register('02', 'k2');
    await expect(register('03', 'k2')).rejects.toMatchObject(usedBefore);
    await expect(register('03', 'k2', elsewhere)).rejects.toMatchObject(usedBefore);
    const painted = { ...truck('02', [phone('02')]), plate: 'other' };
    await expect(admin(RegisterTruck, { body: painted }, { idempotencyKey: 'k2' })).rejects.toMatchObject(usedBefore);
    const adopt = (name: string, idempotencyKey: string) =>
      admin(AdoptDevice, { params: { truckId: truck(name).truckId }, body: phone('02b') }, { idempotencyKey });
    await expect(adopt('02', 'k2')).rejects.toMatchObject(usedBefore);
    await adopt('02', 'k2b');
    await expect(adopt('01', 'k2b')).rejects.toMatchObject(usedBefore);
    expect(await isThere('03')).toBe(false);
    expect((await admin(GetTruck, { params: { truckId: truck('02').truckId } })).version).toBe(2);
  });

  it('counts once when it arrives many times at once, at two processes', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => register('04', 'k4', index % 2 === 0 ? admin : elsewhere)),
    );
    expect(answers).toEqual(Array.from(answers, () => answers[0]));
    expect(answers[0]).toMatchObject({ version: 1, devices: [phone('04')] });
  });

  it('is one command when two that differ arrive at once: the other is refused', async () => {
    for (let round = 0; round < 10; round += 1) {
      const names = [`1${String(round)}a`, `1${String(round)}b`];
      const outcomes = await Promise.allSettled(
        names.map((name, index) => register(name, `k5-${String(round)}`, index === 0 ? admin : elsewhere)),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toMatchObject([{ reason: usedBefore }]);
      expect(await Promise.all(names.map(isThere))).toEqual(outcomes.map(({ status }) => status === 'fulfilled'));
    }
  });

  it('that was refused may be repeated, and is then done', async () => {
    const params = { truckId: truck('06').truckId };
    const adopt = () => admin(AdoptDevice, { params, body: phone('06b') }, { idempotencyKey: 'k6' });
    await expect(adopt()).rejects.toMatchObject({ kind: 'not-found' });
    await register('06', 'k6-register');
    expect((await adopt()).devices).toHaveLength(2);
  });

  it('is one of its caller: another one’s may have the same key, and long keys differ by their ends', async () => {
    await register('07', 'k7');
    expect(await register('08', 'k7', await waste.as({ id: 'p2' }))).toMatchObject({ version: 1 });
    const long = 'k'.repeat(300);
    await register('09', `${long}-9`);
    expect(await register('10', `${long}-10`)).toMatchObject({ truckId: truck('10').truckId });
  });
});
