import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ActionAttempted, ChangePerson, ErasePerson, GetPerson, ListColleagues, people } from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';

const [city = '', elsewhere = ''] = randomCities(2);
let identity: TestIdentity;

beforeAll(async () => {
  identity = await startTestIdentity(city);
});
afterAll(() => identity.close());

const ask = async (ids: readonly string[], over: Parameters<TestIdentity['as']>[0] = { roles: ['viewer'] }) => {
  const call = await identity.as({ id: 'somebody-who-asks', agencies: ['dinkes'], ...over });
  return (await call(ListColleagues, { query: { ids: ids.join(',') } })).items;
};

it('everybody who signs in by himself learns names and agencies by ids, of whatever agency', async () => {
  const sari = await identity.person({ displayName: 'Bu Sari', agencies: ['dlh', 'command'] });
  const budi = await identity.person({ displayName: 'Pak Budi', agencies: ['satpolpp'] });
  const ids = [budi.personId, 'nobody-at-all', sari.personId];
  const named = [
    { principalId: budi.personId, displayName: 'Pak Budi', agencies: ['satpolpp'] },
    { principalId: 'nobody-at-all' },
    { principalId: sari.personId, displayName: 'Bu Sari', agencies: ['dlh', 'command'] },
  ];
  for (const role of people) expect(await ask(ids, { roles: [role] })).toEqual(named);
  for (const role of ['screen', 'device'] as const)
    await expect(ask(ids, { kind: role, roles: [role] })).rejects.toMatchObject({ kind: 'forbidden' });
});

it('of who was blocked or erased only the id is left, at once', async () => {
  const admin = await identity.as({});
  const [blocked, erased] = [await identity.person(), await identity.person()];
  const ids = [blocked.personId, erased.personId];
  expect((await ask(ids)).map(({ displayName }) => displayName)).toEqual(['Bu Sari', 'Bu Sari']);
  const { version } = await admin(GetPerson, { params: { personId: blocked.personId } });
  await admin(ChangePerson, { params: { personId: blocked.personId }, body: { version, blocked: true } });
  await admin(ErasePerson, { params: { personId: erased.personId } });
  expect(await ask(ids)).toEqual(ids.map((principalId) => ({ principalId })));
});

it('nobody of another city on the same installation is anybody', async () => {
  const { personId } = await identity.person();
  const both = await identity.another({ SIAGA_CITIES: `${city},${elsewhere}` });
  try {
    const token = await identity.tokenOf({ city: elsewhere, roles: ['city-admin'] });
    const answer = await fetch(`${both.url}${ListColleagues.path}?ids=${personId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.json()).toEqual({ items: [{ principalId: personId }] });
  } finally {
    await both.close();
  }
});

it.each(['', 'Bu Sari', 'short', 'a'.repeat(41), Array(101).fill('somebody-1').join(',')])(
  'what are no ids is refused in words: %j',
  async (ids) => {
    await expect(ask([ids])).rejects.toMatchObject({ kind: 'invalid' });
  },
);

it('who was asked for is in no trail; who may not ask is', async () => {
  const { personId } = await identity.person();
  await ask([personId], { id: 'asks-and-may' });
  await expect(ask([personId], { id: 'asks-and-may-not', kind: 'screen', roles: ['screen'] })).rejects.toThrow();
  await eventually(async () => {
    const trail = (await identity.readAll(ActionAttempted)).map(({ data }) => data as ActionAttempted);
    const asked = trail.filter(({ action }) => action === ListColleagues.name).map(({ principalId }) => principalId);
    expect(asked).toContain('asks-and-may-not');
    expect(asked).not.toContain('asks-and-may');
  });
});
