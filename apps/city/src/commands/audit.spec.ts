import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { AuditRecord } from '@siaga/contracts';
import { beforeFirst, chained } from '@siaga/identity';
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
async function said(records: number, noted: { seq: number; hash: string }) {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-audit-'));
  const file = path.join(folder, 'trail.jsonl');
  const chain = chained(
    beforeFirst,
    Array.from({ length: records }, (_, at) => event(`a${String(at)}`)),
  );
  await writeFile(file, [{ begin: beforeFirst }, ...chain].map((line) => JSON.stringify(line)).join('\n'));
  const values = { file, noted: `${String(noted.seq)}:${noted.hash}` };
  const { text } = await verify.run({ values } as unknown as CommandInput);
  return { text, exitCode: process.exitCode };
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
