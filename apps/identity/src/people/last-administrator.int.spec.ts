import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangePerson, createClient, Fault, ListPeople, type Client, type Person } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { administratorSeat } from './last-administrator.store.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let second: RunningService;
/** A token of the command line: an administrator who is no person. */
let script: Client;
let made = { sari: '', budi: '' };

beforeAll(async () => {
  identity = await startTestIdentity(city);
  second = await identity.another();
  script = await identity.as({ id: 'script-token', kind: 'service' });
  const administrator = { agencies: ['command' as const], roles: ['city-admin' as const] };
  made = {
    sari: (await identity.person(administrator)).personId,
    budi: (await identity.person(administrator)).personId,
  };
});
afterAll(async () => {
  await second.close();
  await identity.close();
});

const read = async (personId: string): Promise<Person> => {
  const person = (await script(ListPeople, { query: {} })).items.find((one) => one.personId === personId);
  if (person === undefined) throw new Error('no such person');
  return person;
};
const isAdministrator = ({ blocked, roles }: Person) => !blocked && roles.includes('city-admin');
const administrators = async () => (await script(ListPeople, { query: {} })).items.filter(isAdministrator);

/** A change of the person as he is now. */
const change = async (by: Client, personId: string, body: { blocked?: boolean; roles?: Person['roles'] }) =>
  by(ChangePerson, { params: { personId }, body: { version: (await read(personId)).version, ...body } });

const clientOf = async (id: string, url = identity.url) =>
  createClient({ baseUrl: url, token: await identity.tokenOf({ id }) });

beforeEach(async () => {
  for (const personId of Object.values(made))
    if (!isAdministrator(await read(personId)))
      await change(script, personId, { blocked: false, roles: ['city-admin'] });
});

describe('nobody locks himself out', () => {
  it('blocks himself, or gives up his own city-admin', async () => {
    const sari = await clientOf(made.sari);
    await expect(change(sari, made.sari, { blocked: true })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(change(sari, made.sari, { roles: ['viewer'] })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await change(sari, made.sari, { roles: ['city-admin', 'viewer'] })).toMatchObject({ blocked: false });
  });
});

describe('the last administrator', () => {
  it('stays: neither blocked nor without the role, until there is another one', async () => {
    await change(script, made.budi, { blocked: true });
    for (const body of [{ blocked: true }, { roles: ['viewer' as const] }])
      await expect(change(script, made.sari, body)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('city-admin'),
      });
    await change(script, made.budi, { blocked: false });
    expect(await change(script, made.sari, { blocked: true })).toMatchObject({ blocked: true });
  });

  it('of two who take each other away at once at two processes one stays, every time', async () => {
    const [sari, budi] = [await clientOf(made.sari), await clientOf(made.budi, second.url)];
    for (let round = 0; round < 15; round += 1) {
      const outcomes = await Promise.allSettled([
        change(sari, made.budi, { blocked: true }),
        change(budi, made.sari, { roles: ['viewer'] }),
      ]);
      expect((await administrators()).length).toBeGreaterThanOrEqual(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue;
        expect(outcome.reason).toBeInstanceOf(Fault);
        expect(['conflict', 'unauthenticated', 'not-found', 'forbidden']).toContain((outcome.reason as Fault).kind);
      }
      for (const personId of Object.values(made))
        if (!isAdministrator(await read(personId)))
          await change(script, personId, { blocked: false, roles: ['city-admin'] });
    }
  });

  it('is safe from a change that was asleep: who comes next makes it fail first', async () => {
    const { version } = await read(made.budi);
    // a process that held the seat for Budi, and stopped
    await identity.documents(async (store) => {
      const seat = await store.find(administratorSeat, 'seat');
      const leaving = { personId: made.budi, version };
      await store.change(administratorSeat, {
        where: { _id: 'seat', version: seat?.version ?? 0 },
        change: { $set: { leaving } },
      });
    });
    await change(script, made.sari, { blocked: true });
    const late = script(ChangePerson, { params: { personId: made.budi }, body: { version, blocked: true } });
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    expect((await read(made.budi)).version).toBeGreaterThan(version);
    expect((await administrators()).map(({ personId }) => personId)).toEqual([made.budi]);
  });
});
