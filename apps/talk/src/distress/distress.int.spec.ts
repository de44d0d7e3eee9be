import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ConditionChanged, EndDistress, PlaceDistress, RaiseDistress } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestTalk, type TestTalk } from '../talk.harness.ts';

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
  const worse = await officer(PlaceDistress, { params: { distressId }, body: { ...position, accuracyM: 400 } });
  expect(worse.position).toEqual(position);
  await eventually(() => expect(told()?.place).toMatchObject({ lat: position.lat, lng: position.lng }));

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
