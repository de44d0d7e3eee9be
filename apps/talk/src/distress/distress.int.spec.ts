import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ConditionChanged, DistressChanged, EndDistress, PlaceDistress, RaiseDistress } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { CITY, startTestTalk, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;

beforeAll(async () => {
  talk = await startTestTalk();
});
afterAll(() => talk.close());

const position = { lat: -7.7551, lng: 113.2151, accuracyM: 12 };

it('is told to the alarm desk as danger to life until it is over, with where the officer is as soon as that is known', async () => {
  const officer = await talk.as({ id: 'petugas-7' });
  const { distressId } = await officer(RaiseDistress, { body: { groupId: 'satpolpp' } });
  const conditions = talk.bus.table(ConditionChanged);
  await conditions.ready;
  const told = () => conditions.get(`officer:${distressId}/officerInDanger`);
  await eventually(() => expect(told()).toMatchObject({ active: true, lifeRisk: true, severity: 'critical' }));
  expect(told()?.place).toBeUndefined();

  await officer(PlaceDistress, { params: { distressId }, body: position });
  const atMs = Date.now();
  const rougher = { ...position, accuracyM: 400, atMs };
  const worse = await officer(PlaceDistress, { params: { distressId }, body: rougher });
  expect(worse.position).toMatchObject(position);
  await eventually(() => expect(told()?.place).toMatchObject({ lat: position.lat, lng: position.lng }));

  const moved = { lat: position.lat + 0.01, lng: position.lng, accuracyM: 30, atMs: Date.now() };
  expect((await officer(PlaceDistress, { params: { distressId }, body: moved })).position).toEqual(moved);
  const late = await officer(PlaceDistress, { params: { distressId }, body: { ...position, accuracyM: 1, atMs: 1 } });
  expect(late.position).toEqual(moved);
  await eventually(() => expect(told()?.place).toMatchObject({ lat: moved.lat }));

  const over = await officer(EndDistress, { params: { distressId }, body: { reason: 'salah tekan' } });
  expect(over.ended).toMatchObject({ by: 'petugas-7', reason: 'salah tekan' });
  await eventually(() => expect(told()).toMatchObject({ active: false, detail: 'salah tekan' }));
  const again = await officer(EndDistress, { params: { distressId }, body: { reason: 'aman' } });
  expect(again).toEqual(over);
  await expect(officer(PlaceDistress, { params: { distressId }, body: position })).rejects.toMatchObject({ kind: 'conflict' }); // prettier-ignore
});

it('is one however often the same press arrives, and ended by who pressed or who leads', async () => {
  const officer = await talk.as({ id: 'petugas-8' });
  const options = { idempotencyKey: 'press-of-petugas-8' };
  const pressed = await Promise.all([1, 2, 3].map(() => officer(RaiseDistress, { body: {} }, options)));
  const { distressId } = pressed[0]!;
  expect(pressed.map((one) => one.distressId)).toEqual([distressId, distressId, distressId]);
  const end = { params: { distressId }, body: { reason: 'sudah aman' } };
  const colleague = await talk.as({ id: 'petugas-9' });
  await expect(colleague(EndDistress, end)).rejects.toMatchObject({ kind: 'forbidden' });
  const dispatcher = await talk.as({ id: 'dispatcher-1', roles: ['dispatcher'] });
  expect((await dispatcher(EndDistress, end)).ended).toMatchObject({ by: 'dispatcher-1' });
});

it('is one for a person, whatever he presses: a second press, and his voice on the air, find the first', async () => {
  const officer = await talk.as({ id: 'petugas-10' });
  const raised = await Promise.all([1, 2, 3].map(() => officer(RaiseDistress, { body: {} })));
  expect(new Set(raised.map(({ distressId }) => distressId)).size).toBe(1);
  const phone = await talk.phone({ id: 'petugas-10' });
  phone.join('satpolpp');
  phone.press('satpolpp', 'press-petugas-10', true);
  await eventually(() => expect(phone.last('granted').talkId).toBe('press-petugas-10'));
  expect(await officer(RaiseDistress, { body: {} })).toEqual(raised[0]);
  phone.socket.terminate();
});

it('on the air has an alarm, also where only a voice gets through; after its end a phone that has not heard of that is no emergency', async () => {
  const distresses = talk.bus.table(DistressChanged, CITY);
  await distresses.ready;
  const phone = await talk.phone({ id: 'petugas-11' });
  const listener = await talk.phone({ id: 'petugas-12' });
  for (const one of [phone, listener]) one.join('satpolpp');
  phone.press('satpolpp', 'press-petugas-11', true);
  const { distressId } = await eventually(() => {
    const found = [...distresses.values()].find(({ principalId }) => principalId === 'petugas-11');
    expect(found).toMatchObject({ groupId: 'satpolpp' });
    return found!;
  });
  await eventually(() => expect(listener.last('taken')).toMatchObject({ isEmergency: true }));
  const dispatcher = await talk.as({ id: 'dispatcher-1', roles: ['dispatcher'] });
  await dispatcher(EndDistress, { params: { distressId }, body: { reason: 'sudah aman' } });
  phone.press('satpolpp', 'press-after-it', true);
  await eventually(() => expect(phone.last('granted').talkId).toBe('press-after-it'));
  await eventually(() => expect(listener.last('taken')).toMatchObject({ isEmergency: false }));
  for (const one of [phone, listener]) one.socket.terminate();
});

it('is answered, where somebody presses in a group he is not in', async () => {
  const phone = await talk.phone({ id: 'petugas-13' });
  phone.press('dishub', 'press-petugas-13');
  await eventually(() =>
    expect(phone.last('deny')).toMatchObject({ talkId: 'press-petugas-13', cause: 'not-in-group' }),
  );
  phone.socket.terminate();
});
