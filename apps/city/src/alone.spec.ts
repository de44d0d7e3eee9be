import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
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

it('takes over from one that was killed, one of any number that find it, and leaves nothing behind', async () => {
  const killed = spawnSync(process.execPath, ['-e', '']);
  await writeFile(lock, `${hostname()} ${String(killed.pid)} 0123456789ab`);
  const together = { count: 0, most: 0 };
  const work = async () => {
    together.count += 1;
    together.most = Math.max(together.most, together.count);
    await readdir(folder);
    together.count -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => alone(lock, work)));
  expect([together.most, await readdir(folder)]).toEqual([1, []]);
});

it('says what to do about one that cannot be read, and does not wait for ever', async () => {
  await mkdir(lock);
  await writeFile(path.join(folder, 'count'), '0');
  await expect(alone(lock, () => writeFile(path.join(folder, 'count'), '1'))).rejects.toThrow(
    /tidak bisa dibaca.*pemiliknya/,
  );
  expect(await readFile(path.join(folder, 'count'), 'utf8')).toBe('0');
});

it('names what one left behind of whom nobody here can tell whether he lives, and does nothing', async () => {
  const left = {
    'lives.lock': `${hostname()} ${String(process.pid)} 0123456789ab`,
    'of another machine.lock': `elsewhere ${String(2 ** 22 + 1)} 0123456789ab`,
    'says nothing.lock': '',
  };
  const waits = Object.entries(left).map(async ([name, text]) => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    await expect(alone(file, () => writeFile(path.join(folder, 'count'), '1'))).rejects.toThrow(`hapus ${file}`);
  });
  await Promise.all(waits);
  expect((await readdir(folder)).toSorted()).toEqual(Object.keys(left));
}, 30_000);
