import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '@siaga/bus';
import {
  auditActions,
  ErasePerson,
  ExportAudit,
  GetMe,
  ListAudit,
  ListPeople,
  PrincipalChanged,
  Reveal,
  SignIn,
} from '@siaga/contracts';
import { ChainCheck } from '@siaga/identity';
import { eventually, randomCities } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { databaseOf } from '@siaga/store';
import { attemptOf, recordsOf } from '../audit/audit.harness.ts';
import { startTestIdentity, type TestIdentity } from '../identity.harness.ts';
import { people } from '../people/person-document.ts';
import { reveals } from '../reveal/reveal-document.ts';
import { sessions } from '../sessions/session-document.ts';
import { retentionTimer } from './daily-run.ts';
import { retentionRules } from './retention-rules.ts';

const [city = ''] = randomCities(1);
let identity: TestIdentity;
let database: Connection;

beforeAll(async () => {
  identity = await startTestIdentity(city);
  database = await createConnection(identity.mongoUri, { dbName: databaseOf(city) }).asPromise();
});
afterAll(async () => {
  await database.close();
  await identity.close();
});

const verified = async () => {
  const call = await identity.as({});
  const { items, begin } = await call(ExportAudit, { query: {} });
  const check = new ChainCheck(begin);
  expect(check.take(items) ?? check.end()).toBeUndefined();
  return { items, begin };
};

const yearsAgo = (years: number) => Date.now() - years * 366 * 86_400_000;

describe('the daily run', () => {
  const wake = () => identity.documents((store) => store.of(retentionTimer).updateOne({ _id: 'daily' }, { $set: { wakeAtMs: 1 } })); // prettier-ignore
  const say = (atMs: number, count: number) => {
    const attempts = Array.from({ length: count }, () => attemptOf({ atMs }));
    return identity.log.append(topicOf(city, auditActions), recordsOf(attempts, city));
  };
  const made = (principalId: string, atMs: number) =>
    identity.documents(
      (store) =>
      store.create(reveals, { _id: principalId, principalId, classes: ['personal'], reason: 'x'.repeat(10), atMs, untilMs: atMs }), // prettier-ignore
    );

  it('takes records older than five years off the front, and the chain behind them stays whole', async () => {
    const before = yearsAgo(6);
    await say(before, 20);
    await say(Date.now(), 10);
    await eventually(async () => expect((await verified()).items.length).toBeGreaterThanOrEqual(60));
    const first = (await verified()).items[0];
    expect(first?.event.data.atMs).toBe(before);
    await wake();
    await eventually(async () => {
      const { begin, items } = await verified();
      expect(begin.seq).toBe(40);
      expect(items[0]?.seq).toBe(41);
    });
    // still there until what takes them away is sealed; then the next run takes them
    await wake();
    await eventually(async () => {
      const records = database.collection<{ _id: string }>('audit_records');
      const left = await records.countDocuments({ _id: { $lte: '0000000000000040' } });
      expect(left).toBe(0);
    });
    const { items } = await verified();
    expect(items.filter(({ event }) => event.data.atMs <= before + 1)).toEqual([]);
    expect(items.length).toBeGreaterThanOrEqual(20);
    const call = await identity.as({});
    await eventually(async () => {
      const { items: runs } = await call(ListAudit, { query: { principalId: 'retention' } });
      expect(runs.flatMap(({ subjects }) => subjects)).toContain('audit_records:40');
      expect(runs.every(({ action }) => action === 'retention.run')).toBe(true);
    });
  });

  it('shows a front that was taken away without a word in the trail', async () => {
    await say(Date.now(), 3);
    await eventually(async () => expect((await verified()).items.length).toBeGreaterThan(30));
    const { items } = await verified();
    const begin = { seq: 45, hash: items[4]?.hash ?? '' };
    const check = new ChainCheck(begin);
    expect(check.take(items.slice(5)) ?? check.end()).toEqual({ how: 'missing', seq: 1, untilSeq: 45 });
  });

  it('forgets reasons after a year, and no sooner', async () => {
    await made('long-ago', yearsAgo(1.1));
    await made('lately', yearsAgo(0.9));
    await wake();
    await eventually(async () => {
      const kept = await identity.documents((store) => store.of(reveals).find().lean());
      expect(kept.map(({ _id }) => _id)).toEqual(['lately']);
    });
  });

  it('has a row for every collection, and what expires by itself really does', async () => {
    const named = new Set(retentionRules.map(({ collection }) => collection));
    const collections = (await database.listCollections()).map(({ name }) => name);
    const ours = /^(leases|identity_retention|identity_administrator_seat)$/;
    expect(collections.filter((name) => !named.has(name) && !ours.test(name))).toEqual([]);
    for (const { collection, by } of retentionRules) {
      const indexes = await database.collection(collection).indexes();
      const expires = indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
      expect([collection, expires]).toEqual([collection, by === 'expiry']);
    }
  });
});

describe('erasing a person', () => {
  it('leaves what he did under a pseudonym, and the chain whole', async () => {
    const reason = 'Laporan 17: mencocokkan alamat pelapor';
    const person = await identity.person({ displayName: 'Bu Ratna', roles: ['supervisor', 'city-admin'] });
    await identity.person({ roles: ['city-admin'] });
    const { personId, userName, password } = person;
    const browser = identity.browser();
    await browser.call(SignIn, { body: { userName, password } });
    await browser.call(Reveal, { body: { classes: ['personal'], minutes: 5, reason } });
    const administrator = await identity.as({ id: 'administrator-9' });
    const did = async () => (await administrator(ListAudit, { query: { principalId: personId } })).items;
    await eventually(async () =>
      expect((await did()).find(({ action }) => action === Reveal.name)).toMatchObject({
        ...{ displayName: 'Bu Ratna', reason, outcome: 'done' },
      }),
    );

    await expect(browser.call(ErasePerson, { params: { personId } })).rejects.toMatchObject({ kind: 'conflict' });
    await administrator(ErasePerson, { params: { personId } });
    await administrator(ErasePerson, { params: { personId } });

    const [after] = (await did()).filter(({ action }) => action === Reveal.name);
    expect(after).toMatchObject({ principalId: personId, outcome: 'done' });
    expect(after).not.toHaveProperty('displayName');
    expect(after).not.toHaveProperty('reason');
    await verified();
    await eventually(async () => expect(await settled(browser.call(GetMe, {}))).toBe('unauthenticated'));
    expect(await settled(browser.call(SignIn, { body: { userName, password } }))).toBe('unauthenticated');
    await eventually(async () => {
      const said = (await identity.readAll(PrincipalChanged)).filter(({ subject }) => subject === personId);
      expect(said.at(-1)?.data).toMatchObject({ blocked: true, roles: [], agencies: [] });
    });
    const kept = await identity.documents((store) =>
      Promise.all([
        store.of(people).find({ _id: personId }).lean(),
        store.of(sessions).find({ principalId: personId }).lean(),
        store.of(reveals).find({ principalId: personId }).lean(),
      ]),
    );
    expect(kept[0]).toHaveLength(1);
    for (const word of ['Ratna', userName, reason, '192.0.2.1', 'Peramban Uji'])
      expect(JSON.stringify(kept)).not.toContain(word);
    expect(JSON.stringify((await administrator(ListPeople, { query: {} })).items)).not.toContain('Ratna');
  });

  it('takes him out of what commands were answered, too: a repeat does not bring his name back', async () => {
    const { personId } = await identity.person({ displayName: 'Bu Laksmi' });
    const authorization = `Bearer ${await identity.tokenOf({ id: 'administrator-9' })}`;
    const rename = async () => {
      const answer = await fetch(`${identity.url}/api/identity/people/${personId}`, {
        method: 'PATCH',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'rename-1' },
        body: JSON.stringify({ version: 1, displayName: 'Bu Laksmi Dewi' }),
      });
      return answer.text();
    };
    expect(await rename()).toContain('Laksmi Dewi');
    const call = await identity.as({ id: 'administrator-9' });
    expect(await rename()).toContain('Laksmi Dewi');
    await call(ErasePerson, { params: { personId } });
    expect(await rename()).not.toContain('Laksmi');
    expect(JSON.stringify(await database.collection('presses').find().toArray())).not.toContain('Laksmi');
  });

  it('is not for others than the city’s administrators, nor for strangers', async () => {
    const { personId } = await identity.person();
    const administrator = await identity.as({ id: 'administrator-9' });
    const ofAgency = await identity.as({ roles: ['agency-admin'] });
    expect(await settled(ofAgency(ErasePerson, { params: { personId } }))).toBe('forbidden');
    expect(await settled(administrator(ErasePerson, { params: { personId: 'nobody-123' } }))).toBe('not-found');
  });
});

const settled = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (fault: unknown) => (fault as { kind?: string }).kind,
  );
