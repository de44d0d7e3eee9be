import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AcceptInvitation, Fault, ReadInvitation } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { randomCities } from '@siaga/testing';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { people } from '../people/person-document.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let other: RunningService;
let addresses = 0;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  other = await identity.another();
});
afterAll(async () => {
  await other.close();
  await identity.close();
});

const link = async () =>
  (await identity.invite({ displayName: 'Administrator pertama', roles: ['city-admin'], first: true })).token;

/** Each from somewhere else, at one of two processes. */
const accept = async (token: string, userName: string): Promise<Fault | undefined> => {
  const url = (addresses += 1) % 2 === 0 ? identity.url : other.url;
  const browser = identity.browser({ url, address: `198.51.100.${String(addresses)}` });
  try {
    await browser.call(AcceptInvitation, { body: { token, userName, password: 'empat lemari tua' } });
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
};

it('of links for the first administrator that are opened at the same moment one makes him; the others are told why', async () => {
  for (let round = 0; round < 6; round += 1) {
    const links = await Promise.all([link(), link(), link(), link()]);
    const outcomes = await Promise.all(links.map((token, turn) => accept(token, `pertama-${String(turn)}`)));
    expect(outcomes.filter((fault) => fault === undefined)).toHaveLength(1);
    for (const fault of outcomes)
      if (fault !== undefined) expect(fault.message).toMatch(/administrator pertamanya|tidak berlaku/);
    const made = await identity.documents((store) => store.of(people).find({ roles: 'city-admin' }).lean());
    expect(made).toHaveLength(1);
    const unused = links.filter((_, turn) => outcomes[turn] !== undefined);
    for (const token of unused)
      await expect(identity.browser().call(ReadInvitation, { body: { token } })).rejects.toMatchObject({
        kind: 'not-found',
      });
    // as it was before anybody came
    await identity.documents((store) => store.of(people).deleteMany({}));
  }
});

it('whose link was read before the first one came is told whom to ask', async () => {
  const token = await link();
  await identity.documents(async (store) => {
    // what another process makes between two looks of this one: nobody administers yet who can be seen
    const { personId } = await identity.person({ roles: ['city-admin'] });
    await store.of(people).updateOne({ _id: personId }, { $set: { first: true, blocked: true } });
  });
  const fault = await accept(token, 'kedua');
  expect(fault).toMatchObject({ kind: 'conflict', issues: [] });
  expect(fault?.message).toMatch(/minta undangan darinya · .*ask him for an invitation/);
});

it('a taken user name leaves the link good, and its person is the first', async () => {
  await identity.documents((store) => store.of(people).deleteMany({}));
  const { userName } = await identity.person();
  const token = await link();
  expect(await accept(token, userName)).toMatchObject({ kind: 'conflict', issues: [{ at: 'userName' }] });
  expect(await accept(token, 'pertama-lagi')).toBeUndefined();
});
