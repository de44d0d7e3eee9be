import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ListCodebooks, PutCodebook } from '@siaga/contracts';
import { startTestTalk, type TestTalk } from '../talk.harness.ts';

let talk: TestTalk;
beforeAll(async () => {
  talk = await startTestTalk();
});
afterAll(() => talk.close());

it('is written by its agency, read by its people and the room, and nobody else’s', async () => {
  const admin = await talk.as({ id: 'admin-pol', roles: ['agency-admin'] });
  const params = { agency: 'satpolpp' } as const;
  await admin(PutCodebook, { params, body: { codes: [{ code: '8-1', meaning: 'lokasi' }] } });
  const codes = [
    { code: '8-6', meaning: 'dimengerti' },
    { code: '10-2', meaning: 'posisi' },
  ];
  const written = await admin(PutCodebook, { params, body: { codes } });
  expect(written).toMatchObject({ agency: 'satpolpp', codes, changedBy: 'admin-pol' });
  const officer = await talk.as({ id: 'petugas-1' });
  expect(await officer(ListCodebooks, {})).toEqual({ items: [written] });
  const room = await talk.as({ id: 'dispatcher-1', agencies: ['command'], roles: ['dispatcher'] });
  expect(await room(ListCodebooks, {})).toEqual({ items: [written] });
  const driver = await talk.as({ id: 'sopir-1', agencies: ['dlh'] });
  expect(await driver(ListCodebooks, {})).toEqual({ items: [] });
  const stranger = await talk.as({ id: 'admin-dlh', agencies: ['dlh'], roles: ['agency-admin'] });
  await expect(stranger(PutCodebook, { params, body: { codes: [] } })).rejects.toMatchObject({ kind: 'forbidden' });
});
