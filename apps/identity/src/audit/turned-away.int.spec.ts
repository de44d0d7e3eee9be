import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ChangePerson, createClient, ListAudit, ListPeople, RevokeScreen } from '@siaga/contracts';
import { eventually } from '@siaga/testing';
import { startTestTrail, type TestTrail } from './audit.harness.ts';

let trail: TestTrail;
beforeAll(async () => {
  trail = await startTestTrail();
});
afterAll(() => trail.close());

const triesOf = async (principalId: string) => {
  const { items } = await (await trail.as({}))(ListAudit, { query: { principalId } });
  return items.map(({ action, subjects, outcome, fault }) => ({ action, subjects, outcome, fault }));
};
const refused = { outcome: 'refused', fault: 'forbidden' };

it('who asks for what is not for his role or agency is in the trail, also when he only wanted to look', async () => {
  const id = 'curious-1';
  const call = await trail.as({ id, roles: ['viewer'] });
  await expect(call(ListPeople, { query: {} })).rejects.toMatchObject({ kind: 'forbidden' });
  const personId = 'somebody-else';
  const body = { version: 1, roles: ['city-admin' as const] };
  await expect(call(ChangePerson, { params: { personId }, body })).rejects.toMatchObject({ kind: 'forbidden' });
  const elsewhere = await trail.as({ id, roles: ['supervisor'], agencies: ['dlh'] });
  await expect(elsewhere(ListAudit, { query: { subject: 'truck:T1' } })).rejects.toMatchObject({ kind: 'forbidden' });
  await eventually(async () =>
    expect(await triesOf(id)).toEqual([
      { action: ListAudit.name, subjects: ['audit:truck:T1'], ...refused },
      { action: ChangePerson.name, subjects: [`person:${personId}`], ...refused },
      { action: ListPeople.name, subjects: [], ...refused },
    ]),
  );
});

it('nothing of a refused call is believed that is not what the contract asks for', async () => {
  const id = 'curious-2';
  const call = await trail.as({ id, roles: ['viewer'] });
  const params = { personId: 'Bu Ratna dari Dinkes' };
  const body = { version: 1 };
  await expect(call(ChangePerson, { params, body })).rejects.toMatchObject({ kind: 'forbidden' });
  await eventually(async () =>
    expect(await triesOf(id)).toEqual([{ action: ChangePerson.name, subjects: [], ...refused }]),
  );
});

it('a flood of them is counted: it fills no trail', async () => {
  const id = 'hammer-1';
  const other = await trail.another();
  const call = createClient({ baseUrl: other.url, token: await trail.tokenOf({ id, roles: ['viewer'] }) });
  const params = { screenId: 'some-screen' };
  for (let n = 0; n < 25; n += 1)
    await expect(call(RevokeScreen, { params })).rejects.toMatchObject({ kind: 'forbidden' });
  await eventually(async () => expect(await triesOf(id)).toHaveLength(10));
  await other.close();
  await eventually(async () => {
    const tries = await triesOf(id);
    expect(tries).toHaveLength(11);
    const subjects = ['count:15', `route:${RevokeScreen.name}`];
    expect(tries[0]).toEqual({ action: 'calls.refused', subjects, ...refused });
  });
});
