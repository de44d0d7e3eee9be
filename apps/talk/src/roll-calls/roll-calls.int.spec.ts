import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  AnswerRoll,
  CallRoll,
  dayAt,
  EndRollCall,
  GetHandsetMonth,
  GetRollCall,
  HoldHandset,
  ListRollCalls,
  PutHandset,
  RollCallChanged,
  type Client,
} from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestTalk, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;
let office: Client;
let officer: Client;
beforeAll(async () => {
  talk = await startTestTalk();
  office = await talk.as({ id: 'admin-pol', roles: ['agency-admin'] });
  officer = await talk.as({ id: 'petugas-1' });
  const body = { agency: 'satpolpp', kind: 'cellular', isTraining: false } as const;
  for (const [handsetId, place] of Object.entries({ 'HT-1': 'Pos Alun-alun', 'HT-2': 'Pos Terminal', 'HT-3': 'Mako' }))
    await office(PutHandset, { params: { handsetId }, body: { ...body, office: place, planRp: 55_000 } });
  await officer(HoldHandset, { params: { handsetId: 'HT-1' }, body: { deviceId: randomUUID() } });
});
afterAll(() => talk.close());

const answered = (rows: readonly { handsetId: string; answer?: unknown }[]) =>
  rows.filter(({ answer }) => answer !== undefined).map(({ handsetId }) => handsetId);

it('asks every radio of the agency, ticks each in once, by its phone or by the desk that heard it', async () => {
  const { rollCallId, rows } = await office(CallRoll, { body: { groupId: 'satpolpp' } });
  expect(rows.map(({ handsetId, office: place }) => [handsetId, place])).toEqual([
    ...[['HT-1', 'Pos Alun-alun'], ['HT-2', 'Pos Terminal'], ['HT-3', 'Mako']], // prettier-ignore
  ]);
  const told = talk.bus.table(RollCallChanged);
  await told.ready;
  await eventually(() =>
    expect(told.get(rollCallId)).toMatchObject({ expected: 3, agencies: ['satpolpp', 'command'] }),
  );
  await expect(office(CallRoll, { body: { groupId: 'satpolpp' } })).rejects.toMatchObject({ kind: 'conflict' });

  const params = { rollCallId };
  const first = await officer(AnswerRoll, { params, body: { handsetId: 'HT-1' } });
  expect(first.rows[0]?.answer).toMatchObject({ by: 'petugas-1', way: 'phone' });
  const again = await office(AnswerRoll, { params, body: { handsetId: 'HT-1' } });
  expect(again.rows[0]).toEqual(first.rows[0]);
  await expect(officer(AnswerRoll, { params, body: { handsetId: 'HT-2' } })).rejects.toMatchObject({ kind: 'forbidden' }); // prettier-ignore
  const heard = await office(AnswerRoll, { params, body: { handsetId: 'HT-2' } });
  expect(heard.rows[1]?.answer).toMatchObject({ by: 'admin-pol', way: 'desk' });

  const over = await office(EndRollCall, { params });
  expect(answered(over.rows)).toEqual(['HT-1', 'HT-2']);
  expect(await office(EndRollCall, { params })).toEqual(over);
  await expect(office(AnswerRoll, { params, body: { handsetId: 'HT-3' } })).rejects.toMatchObject({ kind: 'conflict' });
  await eventually(() => expect(told.get(rollCallId)?.ended).toBeDefined());
  expect((await officer(ListRollCalls, { query: {} })).items.map((roll) => roll.rollCallId)).toContain(rollCallId);
});

it('begins once however many press at the same moment, and is no other agency’s', async () => {
  const dispatcher = await talk.as({ id: 'dispatcher-1', roles: ['dispatcher'], agencies: ['command'] });
  const presses = [office, dispatcher, office].map((call) => call(CallRoll, { body: { groupId: 'satpolpp' } }));
  const outcomes = await Promise.allSettled(presses);
  const begun = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(begun).toHaveLength(1);
  const params = { rollCallId: begun[0]!.rollCallId };
  const stranger = await talk.as({ id: 'admin-dlh', roles: ['agency-admin'], agencies: ['dlh'] });
  await expect(stranger(GetRollCall, { params })).rejects.toMatchObject({ kind: 'not-found' });
  await expect(stranger(CallRoll, { body: { groupId: 'satpolpp' } })).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(stranger(CallRoll, { body: { groupId: 'dlh' } })).rejects.toMatchObject({ kind: 'conflict' });
  await office(EndRollCall, { params });
});

it('makes the month of each radio, as a sheet for who pays', async () => {
  const month = dayAt(Date.now(), 'Asia/Jakarta').slice(0, 7);
  const { items } = await office(GetHandsetMonth, { params: { month } });
  expect(items.map(({ handsetId, planRp, asked, answered: times }) => [handsetId, planRp, asked, times])).toEqual([
    ...[['HT-1', 55_000, 2, 1], ['HT-2', 55_000, 2, 1], ['HT-3', 55_000, 2, 0]], // prettier-ignore
  ]);
  const headers = { accept: 'text/csv', authorization: `Bearer ${await talk.token({ roles: ['agency-admin'] })}` };
  const sheet = await (await fetch(`${talk.url}/api/talk/handset-months/${month}`, { headers })).text();
  expect(sheet.split('\r\n')[1]).toMatch(/^HT-1;satpolpp;Pos Alun-alun;HT seluler;;;55000;2;1;\d/);
});
