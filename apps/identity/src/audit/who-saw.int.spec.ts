import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListAudit, type AuditRecord } from '@siaga/contracts';
import { beforeFirst, chained } from '@siaga/identity';
import { attemptOf, conclusionOf, startTestTrail, type TestTrail } from './audit.harness.ts';
import { idOfSeq } from './record-document.ts';

const RECORDS = 100_000;

let trail: TestTrail;
beforeAll(async () => {
  trail = await startTestTrail();
  const events = Array.from({ length: RECORDS / 2 }, (_, at): AuditRecord['event'][] => {
    const subjects = [`truck:T${at % 5000}`, 'fleet:all'];
    const attempt = attemptOf({ principalId: `person-${at % 100}`, subjects, atMs: 1_790_000_000_000 + at });
    const ends = at % 7 === 0 ? [] : [{ name: 'audit.action.concluded' as const, data: conclusionOf(attempt) }];
    return [{ name: 'audit.action.attempted', data: attempt }, ...ends];
  }).flat();
  const documents = chained({ seq: 1_000_000, hash: beforeFirst.hash }, events).map(({ seq, event, hash }) => ({
    ...{ _id: idOfSeq(seq), name: event.name, data: event.data, hash, version: 1, schemaVersion: 1 },
  }));
  for (let at = 0; at < documents.length; at += 5000)
    await trail.database.collection('audit_records').insertMany(documents.slice(at, at + 5000) as never[]);
}, 120_000);
afterAll(() => trail.close());

const supervisor = () => trail.as({ id: 'supervisor-1', roles: ['supervisor'] });

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
