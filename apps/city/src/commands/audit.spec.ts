import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { AuditRecord, ChainLink } from '@siaga/contracts';
import { beforeFirst, chained, RETENTION, subjectOfFront } from '@siaga/identity';
import { verify } from './audit.ts';
import type { CommandInput } from './command.ts';

let folder = '';
afterEach(async () => {
  process.exitCode = undefined;
  await rm(folder, { recursive: true, force: true });
});

const event = (attemptId: string): AuditRecord['event'] => ({
  name: 'audit.action.concluded',
  data: { attemptId, atMs: 1, outcome: 'done' },
});

/** What the command says of a chain of so many records, of which somebody noted one. */
const said = (records: number, noted: ChainLink) =>
  saidOf(
    beforeFirst,
    Array.from({ length: records }, (_, at) => event(`a${String(at)}`)),
    noted,
  );

/** The same of a chain that begins later, with these events. */
async function saidOf(begin: ChainLink, events: AuditRecord['event'][], noted: ChainLink) {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-audit-'));
  const file = path.join(folder, 'trail.jsonl');
  await writeFile(file, [{ begin }, ...chained(begin, events)].map((line) => JSON.stringify(line)).join('\n'));
  const values = { file, noted: `${String(noted.seq)}:${noted.hash}` };
  const { text, answer } = await verify.run({ values } as unknown as CommandInput);
  return { text, answer, exitCode: process.exitCode };
}

it('a trail that ends before the noted record: an older backup was restored, or records were removed', async () => {
  const { text, exitCode } = await said(3, { seq: 5, hash: 'a'.repeat(64) });
  expect(text).toContain(
    'the trail ends before the noted record 5: an older backup was restored, or records were removed',
  );
  expect(text).toContain('cadangan lama dipulihkan');
  expect(text).toContain('whole up to record 3');
  expect(exitCode).toBe(1);
});

it('a trail that went on after an older backup is not the one that was noted', async () => {
  const { text } = await said(8, { seq: 5, hash: 'a'.repeat(64) });
  expect(text).toContain('record 5 is not the one noted outside; or an older backup was restored and the city went on');
});

const begin = { seq: 7, hash: 'b'.repeat(64) };
/** By which the seven before it were retired. */
const retirement: AuditRecord['event'] = {
  name: 'audit.action.attempted',
  data: {
    ...{ attemptId: 'r1', atMs: 1, principalId: 'identity', principalKind: 'service', exercise: false },
    ...{ action: RETENTION, subjects: [subjectOfFront(begin)], correlation: 'r1' },
  },
};

it('a noted record that was retired since is said to be, and is no break', async () => {
  const old = await saidOf(begin, [retirement], { seq: 5, hash: 'a'.repeat(64) });
  expect(old.text).toContain('the noted record 5 was retired by its time of keeping and cannot be compared');
  expect(old).toMatchObject({ answer: { intact: true, notedRetired: true }, exitCode: undefined });
});

it('the last record that was retired is still compared', async () => {
  const same = await saidOf(begin, [retirement], begin);
  expect(same).toMatchObject({ answer: { intact: true, notedRetired: false }, exitCode: undefined });
  const { text, exitCode } = await saidOf(begin, [retirement], { ...begin, hash: 'a'.repeat(64) });
  expect(text).toContain('record 7 is not the one noted outside');
  expect(exitCode).toBe(1);
});
