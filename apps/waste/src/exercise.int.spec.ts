import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CityBegan,
  ClearWasteExercise,
  DeviceAssigned,
  DeviceSeen,
  GetTrack,
  IntakeCounted,
  ListTrucks,
  RegisterTruck,
  TruckMoved,
  TruckRegistered,
  type AnyEvent,
  type Client,
} from '@siaga/contracts';
import { encodeEvent, topicOf } from '@siaga/bus';
import { eventually } from '@siaga/testing';
import { fleetOf, startTestWaste, type TestWaste } from './waste.harness.ts';

/** The real city, so that its place is known; a prefix keeps runs on one server apart. */
const city = '3574';
const run = randomBytes(3).toString('hex');
const minute = 60_000;
const { truck, phone } = fleetOf(run);

let waste: TestWaste;
let admin: Client;
let simulator: Client;
let simulatorToken: string;

beforeAll(async () => {
  waste = await startTestWaste(city);
  admin = await waste.as({ roles: ['city-admin'] });
  const simulated = { id: 'simulator', kind: 'service', exercise: true } as const;
  simulator = await waste.as(simulated);
  simulatorToken = await waste.tokenOf(simulated);
});
afterAll(() => waste.close());

describe('an exercise that is cleared while its simulator goes on', () => {
  const startMs = Date.now() - 30 * minute;
  const names = ['61', '62', '63', '64'];

  it('leaves nothing', async () => {
    const fleet = names.map((name) => truck(name, [phone(name)]));
    for (const body of fleet) await simulator(RegisterTruck, { body });
    await admin(RegisterTruck, { body: truck('65', [phone('65')]) });
    let going = true;
    const drive = async (deviceId: string, headers: Record<string, string>) => {
      for (let second = 0; going; second++)
        await waste.report(deviceId, `lat=-7.75&lon=113.2&timestamp=${String(startMs + second * 1000)}`, headers);
    };
    const headers = { authorization: `Bearer ${simulatorToken}` };
    const traffic = [...names.map((name) => phone(name).deviceId), `${run}-ghost`].map((id) => drive(id, headers));
    const plain = drive(phone('61').deviceId, {});
    const of = async (event: AnyEvent, subject: string) =>
      (await waste.readAll(event)).filter((read) => read.subject === subject).at(-1);
    await eventually(async () => {
      for (const { truckId } of fleet) {
        expect(await of(TruckMoved, truckId)).toMatchObject({ data: { truckId } });
        expect(await of(IntakeCounted, truckId)).toMatchObject({ data: { truckId } });
      }
      expect(await of(DeviceSeen, `osmand:${run}-ghost`)).toMatchObject({ exercise: true, data: {} });
    });

    await admin(ClearWasteExercise, {});

    // a real truck and a real stranger that come last are told of last
    const last = `lat=-7.75&lon=113.2&timestamp=${String(Date.now() - minute)}`;
    await waste.report(phone('65').deviceId, last);
    await waste.report(`${run}-last`, last);
    await eventually(async () => {
      expect(await of(IntakeCounted, `${run}-65`)).toMatchObject({ data: { accepted: 1 } });
      expect(await of(DeviceSeen, `osmand:${run}-last`)).toMatchObject({ data: {} });
    });
    going = false;
    await Promise.all([...traffic, plain]);
    for (const [index, { truckId }] of fleet.entries()) {
      for (const event of [TruckMoved, TruckRegistered, IntakeCounted])
        expect((await of(event, truckId))?.data ?? null).toBeNull();
      const device = `osmand:${phone(names[index] ?? '').deviceId}`;
      for (const event of [DeviceAssigned, DeviceSeen]) expect((await of(event, device))?.data ?? null).toBeNull();
    }
    expect((await of(DeviceSeen, `osmand:${run}-ghost`))?.data ?? null).toBeNull();

    // neither history nor a marker: an older fix of the same truck is the first and the newest
    const { truckId } = truck('61');
    await simulator(RegisterTruck, { body: truck('61', [phone('61')]) });
    await eventually(async () => {
      const older = `lat=-7.75&lon=113.2&timestamp=${String(startMs - minute)}`;
      expect((await waste.report(phone('61').deviceId, older)).status).toBe(200);
    });
    const query = { from: startMs - 2 * minute, to: startMs + 60 * minute };
    await eventually(async () => {
      expect(await of(TruckMoved, truckId)).toMatchObject({ data: { atMs: startMs - minute } });
      const { features } = await admin(GetTrack, { params: { truckId }, query });
      expect(features.map(({ properties }) => properties.atMs)).toEqual([startMs - minute]);
    });
    await admin(ClearWasteExercise, {});
  });
});

describe('a city that begins in earnest', () => {
  it('loses what was simulated and keeps what is real', async () => {
    await simulator(RegisterTruck, { body: truck('71', [phone('71')]) });
    await admin(RegisterTruck, { body: truck('72', [phone('72')]) });
    const began = { city, atMs: Date.now() };
    const about = { city, source: 'siaga/gateway', exercise: false, correlation: 'begin-in-earnest' };
    await waste.log.append(topicOf(city, CityBegan.stream), [encodeEvent(CityBegan, began, about)]);
    const registered = async () =>
      (await admin(ListTrucks, { query: { q: `${run}-7` } })).items.map(({ truckId }) => truckId);
    await eventually(async () => {
      expect(await registered()).toEqual([`${run}-72`]);
    }, 15_000);
  });
});
