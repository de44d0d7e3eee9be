import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { alone } from './alone.ts';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-alone-'));
  lock = path.join(folder, 'list.lock');
});
afterEach(() => rm(folder, { recursive: true }));

it('lets one at a time at it, also after one that failed, and leaves nothing behind', async () => {
  const file = path.join(folder, 'count');
  await writeFile(file, '0');
  const countUp = () =>
    alone(lock, async () => writeFile(file, String(Number(await readFile(file, 'utf8')) + 1))); // prettier-ignore
  const fails = alone(lock, () => Promise.reject(new Error('the disk is full')));
  await Promise.all([expect(fails).rejects.toThrow('the disk is full'), ...Array.from({ length: 10 }, countUp)]);
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['10', ['count']]);
});

it('names what one that was killed left behind, and does nothing', async () => {
  await writeFile(lock, '');
  await expect(alone(lock, () => writeFile(path.join(folder, 'count'), '1'))).rejects.toThrow(`hapus ${lock}`);
  expect(await readdir(folder)).toEqual(['list.lock']);
}, 30_000);
