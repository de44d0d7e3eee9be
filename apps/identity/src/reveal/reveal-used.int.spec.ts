import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { createClient, ListAudit, ListPeople, ListSessions, MASKED, Reveal, SignIn, type Role } from '@siaga/contracts';
import { REVEAL_USED, type RunningService } from '@siaga/service';
import { eventually, randomCities, startFaultProxy, type FaultProxy } from '@siaga/testing';
import { startTestIdentity, type TestIdentity, type TestPerson } from '../identity.harness.ts';

const [city = ''] = randomCities(1);
const reason = 'Laporan orang hilang nomor 17, dicocokkan dengan alamat masuk';
let identity: TestIdentity;
let proxy: FaultProxy;
/** Reaches the log only through the proxy. */
let service: RunningService;
let other: TestPerson;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  proxy = await startFaultProxy({ target: { socketPath: identity.logSocket } });
  service = await identity.another({}, await openEventLog({ SIAGA_ENGINE: proxy.address }, { answerWithinMs: 2000 }));
  other = await identity.person({ agencies: ['dlh'] });
  const { userName, password } = other;
  await identity.browser().call(SignIn, { body: { userName, password } });
});
afterEach(() => {
  proxy.pass();
});
afterAll(async () => {
  await service.close();
  await proxy.close();
  await identity.close();
});

/** Somebody at his desk, and what he looks at: sessions of `other` unless told otherwise. */
async function desk(roles: readonly Role[] = ['agency-admin']) {
  const { personId } = await identity.person({ agencies: ['dlh'], roles: [...roles] as TestPerson['roles'] });
  const token = await identity.tokenOf({ id: personId, agencies: ['dlh'], roles });
  const call = createClient({ baseUrl: identity.url, token });
  const look = async (at = call, of = other.personId) =>
    (await at(ListSessions, { params: { personId: of } })).items[0]?.address;
  const reveal = () => call(Reveal, { body: { classes: ['health', 'personal'], minutes: 5, reason } });
  const seen = async () => {
    const { items } = await (await identity.as({}))(ListAudit, { query: { principalId: personId } });
    return items.filter(({ action }) => action === REVEAL_USED);
  };
  return { personId, token, call, look, reveal, seen };
}

describe('what a reveal showed', () => {
  it('is written down: of whom, at which door, what of, and why; each answer once', async () => {
    const { personId, look, reveal, seen, call } = await desk();
    expect(await look()).toBe(MASKED);
    await reveal();
    await eventually(async () => expect(await look()).toBe('192.0.2.1'));
    await call(ListPeople, { query: {} }); // nothing in it was masked
    await call(ListSessions, { params: { personId } }); // nor in this one: it is empty
    await eventually(async () => expect(await seen()).toMatchObject([{ outcome: 'done', reason }]));
    const [{ subjects } = { subjects: [] }] = await seen();
    expect(subjects).toEqual([
      expect.stringMatching(/^reveal:[\w-]{36}$/),
      `route:${ListSessions.name}`,
      'class:personal',
      `person:${other.personId}`,
    ]);
    await look();
    await eventually(async () => expect(await seen()).toHaveLength(2));
    const query = { subject: `person:${other.personId}` };
    const { items, names } = await (await identity.as({}))(ListAudit, { query });
    expect(names).toEqual({ [other.personId]: other.displayName });
    expect(items.filter(({ principalId, action }) => principalId === personId && action === REVEAL_USED)).toHaveLength(
      2,
    );
  });

  it('is what he would not have seen without it', async () => {
    const { personId, look, reveal, seen } = await desk(['agency-admin', 'dispatcher']);
    await reveal();
    await eventually(async () => {
      const { items } = await (await identity.as({}))(ListAudit, { query: { principalId: personId } });
      expect(items).toMatchObject([
        { action: Reveal.name, subjects: ['class:health', 'class:personal', 'minutes:5'], outcome: 'done' },
      ]);
    });
    expect(await look()).toBe('192.0.2.1');
    await look();
    const { look: asAnother, reveal: another, seen: seenByAnother } = await desk();
    await another();
    await eventually(async () => expect(await asAnother()).toBe('192.0.2.1'));
    await eventually(async () => expect(await seenByAnother()).toHaveLength(1)); // sealed after what he did
    expect(await seen()).toEqual([]);
  });

  it('leaves nobody unwritten: without the log there is no answer', async () => {
    const { token, look, reveal } = await desk();
    const there = createClient({ baseUrl: service.url, token });
    await reveal();
    await eventually(async () => expect(await look(there)).toBe('192.0.2.1'));
    proxy.blackhole();
    await expect(look(there)).rejects.toMatchObject({ kind: 'unavailable' });
  }, 20_000);
});
