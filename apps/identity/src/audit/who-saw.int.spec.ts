import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListAudit, type AuditRecord } from '@siaga/contracts';
import { beforeFirst } from '@siaga/identity';
import { startEngineProcess } from '@siaga/testing';
import { attemptOf, conclusionOf, startTestTrail, type TestTrail } from './audit.harness.ts';
import { idOfSeq } from './record-document.ts';

const RECORDS = 100_000;

let trail: TestTrail;
beforeAll(async () => {
  // in a process of its own it takes records on one core while the next ones are made on the other
  const engine = await startEngineProcess();
  const { logSocket, mongoUri, dataDir } = engine;
  trail = await startTestTrail({ logSocket, mongoUri, dataDir, close: () => engine.stop() });
  await Promise.all([0, 1, 2].map(plant));
}, 120_000);
afterAll(() => trail.close());

const WRITERS = 3;
const ATTEMPTS_AT_ONCE = 1000;

/** What one of the writers puts into the documents. Hashes chain nothing: nothing looks at them here. */
async function plant(writer: number) {
  for (let at = writer * ATTEMPTS_AT_ONCE; at < RECORDS / 2; at += WRITERS * ATTEMPTS_AT_ONCE) {
    const documents = Array.from({ length: ATTEMPTS_AT_ONCE }, (_, next) => documentsOf(at + next)).flat();
    await trail.database.collection('audit_records').insertMany(documents as never[], { ordered: false });
  }
}

/** An attempt and its end, sealed long after those of today. */
function documentsOf(at: number) {
  const subjects = [`truck:T${at % 5000}`, 'fleet:all'];
  const attempt = attemptOf({ principalId: `person-${at % 100}`, subjects, atMs: 1_790_000_000_000 + at });
  const sealed = (seq: number, event: AuditRecord['event']) => ({
    ...{ _id: idOfSeq(seq), name: event.name, data: event.data, hash: beforeFirst.hash, version: 1, schemaVersion: 1 },
  });
  return [
    sealed(1_000_000 + 2 * at, { name: 'audit.action.attempted', data: attempt }),
    sealed(1_000_001 + 2 * at, { name: 'audit.action.concluded', data: conclusionOf(attempt) }),
  ];
}

const supervisor = () => trail.as({ id: 'supervisor-1', roles: ['supervisor'] });

it('free text is no subject: what is asked for stands in the trail', async () => {
  const call = await supervisor();
  for (const subject of ['Bu Ratna', 'person:Bu Ratna', 'Ratna', 'person:', ':T1'])
    await expect(call(ListAudit, { query: { subject } })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('kind:id'),
    });
  for (const subject of ['device:owntracks/siti/hp', 'audit:truck:T1', 'audit_records:40', 'workOrder:W-7'])
    expect(await call(ListAudit, { query: { subject } })).toEqual({ items: [], names: {} });
});

describe(`who did or saw what, among ${String(RECORDS)} records`, () => {
  it.each([
    ['a subject few touched', { subject: 'truck:T77' }, 10],
    ['a subject everybody touched', { subject: 'fleet:all' }, 100],
    ['a person', { principalId: 'person-7' }, 100],
    ['a person and a subject', { principalId: 'person-77', subject: 'truck:T77' }, 10],
    ['anything', {}, 100],
  ])('is answered within a second: %s', async (_, query, count) => {
    const call = await supervisor();
    const begun = performance.now();
    const { items } = await call(ListAudit, { query: { ...query, limit: 100 } });
    const tookMs = performance.now() - begun;
    process.stderr.write(`${JSON.stringify(query)}: ${tookMs.toFixed(0)} ms\n`);
    expect(items).toHaveLength(count);
    expect(items.map(({ seq }) => seq)).toEqual(items.map(({ seq }) => seq).toSorted((a, b) => b - a));
    expect(tookMs).toBeLessThan(1000);
  });
});
