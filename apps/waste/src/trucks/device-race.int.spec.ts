import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AdoptDevice,
  createClient,
  DeviceAssigned,
  Fault,
  ListTrucks,
  RegisterTruck,
  type Client,
} from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import fc from 'fast-check';
import { fleetOf, startTestWaste, type TestWaste } from '../waste.harness.ts';

const [city = ''] = randomCities(1);
let waste: TestWaste;
let second: RunningService;
let admins: readonly [Client, Client];

beforeAll(async () => {
  waste = await startTestWaste(city);
  second = await waste.another();
  const token = await waste.tokenOf({});
  admins = [createClient({ baseUrl: waste.url, token }), createClient({ baseUrl: second.url, token })];
});
afterAll(async () => {
  await second.close();
  await waste.close();
});

/** Somebody who wants the devices for his truck: a new one that has them from the start, or one that is there and adopts one. */
interface Wish {
  process: 0 | 1;
  how: 'register' | 'adopt';
  /** Which of the contested devices; who adopts takes the first. */
  wants: number[];
}
const wish: fc.Arbitrary<Wish> = fc.record({
  process: fc.constantFrom(0, 1),
  how: fc.constantFrom('register', 'adopt'),
  wants: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
});

let races = 0;

it('trucks that race for devices: each device is one truck’s, somebody wins, and who does not is told so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 5 }), async (wishes) => {
      const run = `race-${String(++races)}`;
      const { truck, phone } = fleetOf(run);
      const wantedBy = ({ how, wants }: Wish) =>
        (how === 'adopt' ? wants.slice(0, 1) : wants).map((index) => phone(String(index)));
      for (const [index, { how }] of wishes.entries())
        if (how === 'adopt') await admins[0](RegisterTruck, { body: truck(String(index)) });

      const outcomes = await Promise.allSettled(
        wishes.map(async (given, index) => {
          const body = truck(String(index), wantedBy(given));
          if (given.how === 'register') return admins[given.process](RegisterTruck, { body });
          return admins[given.process](AdoptDevice, { params: { truckId: body.truckId }, body: body.devices[0]! });
        }),
      );

      const { items } = await admins[0](ListTrucks, { query: { q: `${run}-` } });
      const ridden = new Map(items.map(({ truckId, devices }) => [truckId, devices]));
      for (const [index, outcome] of outcomes.entries()) {
        const { truckId, devices } = truck(String(index), wantedBy(wishes[index]!));
        if (outcome.status === 'fulfilled') {
          const byId = devices.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
          expect([outcome.value.devices, ridden.get(truckId)]).toEqual([byId, byId]);
        } else {
          expect(outcome.reason).toBeInstanceOf(Fault);
          expect(outcome.reason).toMatchObject({ kind: 'conflict' });
          // a registration did not happen; a truck that was there goes without
          expect(ridden.get(truckId)).toEqual(wishes[index]!.how === 'register' ? undefined : []);
        }
      }
      expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
      const all = items.flatMap(({ devices }) => devices.map(({ deviceId }) => deviceId));
      expect(new Set(all).size).toBe(all.length);
      await eventually(async () => {
        const said = (await waste.readAll(DeviceAssigned)).filter(({ subject }) => subject.includes(`:${run}-`));
        const last = new Map(said.map(({ subject, data }) => [subject, (data as DeviceAssigned | null)?.truckId]));
        const told = [...last].flatMap(([subject, truckId]) => (truckId === undefined ? [] : [[truckId, subject]]));
        const kept = items.flatMap(({ truckId, devices }) =>
          devices.map(({ deviceId }) => [truckId, `osmand:${deviceId}`]),
        );
        expect(told.toSorted()).toEqual(kept.toSorted());
      });
    }),
    { numRuns: 25 },
  );
}, 120_000);
