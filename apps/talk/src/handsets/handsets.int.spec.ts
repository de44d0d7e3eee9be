import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  FindHandset,
  HandsetChanged,
  HoldHandset,
  ListHandsets,
  ListRecordings,
  LoseHandset,
  PutHandset,
  RemoveHandset,
  type Client,
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestTalk, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;
let office: Client;
beforeAll(async () => {
  talk = await startTestTalk();
  office = await talk.as({ id: 'admin-pol', roles: ['agency-admin'] });
});
afterAll(() => talk.close());

const UNAUTHENTICATED = 4003;
const body = { agency: 'satpolpp', office: 'Kelurahan Kanigaran', kind: 'cellular', isTraining: false } as const;
const put = (handsetId: string, over: object = {}) =>
  office(PutHandset, { params: { handsetId }, body: { ...body, ...over } });

it('is kept for an office, and what is left out of its entry is cleared', async () => {
  const written = await put('HT-001', { simNumber: '+6281234567890', simUntil: '2027-01-19', planRp: 55_000 });
  expect(written).toMatchObject({ handsetId: 'HT-001', office: 'Kelurahan Kanigaran', planRp: 55_000 });
  const changed = await put('HT-001', { office: 'Kelurahan Mangunharjo' });
  expect(changed).toMatchObject({ office: 'Kelurahan Mangunharjo' });
  expect([changed.simUntil, changed.planRp]).toEqual([undefined, undefined]);
  const stranger = await talk.as({ id: 'admin-dlh', roles: ['agency-admin'], agencies: ['dlh'] });
  await expect(stranger(RemoveHandset, { params: { handsetId: 'HT-001' } })).rejects.toMatchObject({
    kind: 'not-found',
  });
  await expect(stranger(PutHandset, { params: { handsetId: 'HT-001' }, body: { ...body, agency: 'dlh' } })).rejects.toMatchObject({ kind: 'not-found' }); // prettier-ignore
  await expect(stranger(PutHandset, { params: { handsetId: 'HT-900' }, body })).rejects.toMatchObject({ kind: 'forbidden' }); // prettier-ignore
  expect((await stranger(ListHandsets, { query: {} })).items).toEqual([]);
  await office(RemoveHandset, { params: { handsetId: 'HT-001' } });
  expect((await office(ListHandsets, { query: {} })).items.map(({ handsetId }) => handsetId)).not.toContain('HT-001');
});

it('lost, it is let on no line at once, and back it is nobody’s', async () => {
  await put('HT-002');
  const holder = { id: 'petugas-2' };
  const deviceId = randomUUID();
  const officer = await talk.as(holder);
  const held = await officer(HoldHandset, { params: { handsetId: 'HT-002' }, body: { deviceId, batteryPercent: 74 } });
  expect(held).toMatchObject({ holder: { principalId: 'petugas-2' }, battery: { percent: 74 } });
  const phone = await talk.phone(holder, deviceId);
  phone.join('satpolpp');
  await eventually(() => phone.last('idle'));

  const lose = { params: { handsetId: 'HT-002' }, body: { reason: 'tertinggal di angkot' } };
  const lost = await office(LoseHandset, lose);
  expect(lost.lost).toMatchObject({ by: 'admin-pol', reason: 'tertinggal di angkot' });
  expect(await office(LoseHandset, lose)).toEqual(lost);
  await eventually(() => expect(phone.closed).toBe(UNAUTHENTICATED));
  const thief = await talk.phone(holder, deviceId);
  expect(thief.closed).toBe(UNAUTHENTICATED);
  await expect(officer(HoldHandset, { params: { handsetId: 'HT-002' }, body: { deviceId } })).rejects.toMatchObject({ kind: 'conflict' }); // prettier-ignore

  const another = await talk.phone(holder);
  expect(another.closed).toBeUndefined();
  const back = await office(FindHandset, { params: { handsetId: 'HT-002' } });
  expect([back.lost, back.holder]).toEqual([undefined, undefined]);
});

it('is one radio at a time: who takes another in hand has let the first go', async () => {
  await put('HT-005');
  await put('HT-006');
  const officer = await talk.as({ id: 'petugas-5' });
  const deviceId = randomUUID();
  await officer(HoldHandset, { params: { handsetId: 'HT-005' }, body: { deviceId } });
  await officer(HoldHandset, { params: { handsetId: 'HT-006' }, body: { deviceId } });
  const { items } = await office(ListHandsets, { query: {} });
  const holders = items.map(({ handsetId, holder }) => [handsetId, holder?.principalId]);
  expect(holders).toEqual(
    expect.arrayContaining([
      ['HT-005', undefined],
      ['HT-006', 'petugas-5'],
    ]),
  );
});

it('says how well it talks and hears, as its phone last told and as the line answered', async () => {
  await put('HT-007');
  const holder = { id: 'petugas-7' };
  const deviceId = randomUUID();
  const officer = await talk.as(holder);
  await officer(HoldHandset, { params: { handsetId: 'HT-007' }, body: { deviceId } });
  const phone = await talk.phone(holder, deviceId);
  phone.say({ kind: 'report', accessMs: 180, jitterMs: 60, lostPercent: 1.5 });
  await eventually(async () => {
    const { items } = await office(ListHandsets, { query: { q: 'HT-007' } });
    expect(items[0]?.voice).toMatchObject({ accessMs: 180, jitterMs: 60, lostPercent: 1.5 });
    expect(items[0]?.voice?.delayMs).toBeGreaterThanOrEqual(0);
  });
  phone.socket.terminate();
});

it('tells the doors which sign-in it was, and nobody else', async () => {
  await put('HT-003');
  const officer = await talk.as({ id: 'petugas-3', sessionId: 'masuk-petugas-3' });
  await officer(HoldHandset, { params: { handsetId: 'HT-003' }, body: { deviceId: randomUUID() } });
  await office(LoseHandset, { params: { handsetId: 'HT-003' }, body: { reason: 'dicuri' } });
  const told = talk.bus.table(HandsetChanged);
  await told.ready;
  await eventually(() => expect(told.get('HT-003')).toMatchObject({ isLost: true, holder: { sessionId: 'masuk-petugas-3' } })); // prettier-ignore
});

it('for training, what is said with it is an exercise', async () => {
  await put('HT-004', { isTraining: true });
  const holder = { id: 'petugas-4' };
  const deviceId = randomUUID();
  const officer = await talk.as(holder);
  await officer(HoldHandset, { params: { handsetId: 'HT-004' }, body: { deviceId } });
  const phone = await talk.phone(holder, deviceId);
  phone.join('satpolpp');
  phone.press('satpolpp', 'latihan-1');
  await eventually(() => phone.last('granted'));
  phone.speak(phone.last('granted').burst, { to: 60 });
  phone.release('satpolpp', 'latihan-1');
  await eventually(() => phone.last('sent'));
  expect((await officer(ListRecordings, { query: {} })).items).toEqual([]);
  const drill = await talk.as({ ...holder, exercise: true });
  expect((await drill(ListRecordings, { query: {} })).items).toHaveLength(1);
});
