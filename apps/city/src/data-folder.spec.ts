import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolder, secretIdOf } from './data-folder.ts';

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'siaga-data-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes a secret once, for its owner only', async () => {
    const secrets = await Promise.all(
      [1, 2, 3].map(async () => {
        const data = new DataFolder(folder);
        await data.open();
        return data.secret();
      }),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect((await stat(path.join(folder, 'secret'))).mode & 0o077).toBe(0);
  });

  it('makes nothing in a folder where no city was started', async () => {
    const elsewhere = new DataFolder(path.join(folder, 'mistyped'));
    await expect(elsewhere.secret()).rejects.toThrow('Tidak ada kota');
    await expect(elsewhere.rotateSecret()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(new DataFolder(folder).secret()).rejects.toMatchObject({ kind: 'not-found' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes a record that a power cut tore for none', async () => {
    await writeFile(path.join(folder, 'running.json'), '{"pid":');
    expect(await new DataFolder(folder).running()).toBeUndefined();
  });

  it('remembers the running city only while its process lives', async () => {
    const data = new DataFolder(folder);
    expect(await data.running()).toBeUndefined();
    const running = runningWith('any');
    await data.recordRunning(running);
    expect(await data.running()).toEqual(running);
    await data.recordRunning({ ...running, pid: 2 ** 22 + 1 });
    expect(await data.running()).toBeUndefined();
  });

  it('forgets only what this start recorded, also beside a city in a container that has the same process number', async () => {
    const [data, refused] = [new DataFolder(folder), new DataFolder(folder)];
    await data.recordRunning(runningWith('any'));
    await refused.forgetRunning();
    expect(await data.running()).toMatchObject({ pid: process.pid });
    await data.forgetRunning();
    expect(await data.running()).toBeUndefined();
  });

  it('keeps one secret behind the new one, and no third', async () => {
    const data = new DataFolder(folder);
    await data.open();
    const [first] = await data.secrets();
    await data.rotateSecret();
    const [second, ...before] = await data.secrets();
    expect(before).toEqual([first]);
    await data.rotateSecret();
    const [third, ...stillKnown] = await data.secrets();
    expect(stillKnown).toEqual([second]);
    expect(third).toMatch(/^[\w-]{43}$/);
    expect((await stat(path.join(folder, 'secret'))).mode & 0o077).toBe(0);
  });

  it('signs with what the running city knows, which is not rotated away under it', async () => {
    const data = new DataFolder(folder);
    await data.open();
    const first = await data.secret();
    await data.recordRunning(runningWith(first));
    await data.rotateSecret();
    expect(await data.secret()).toBe(first);
    await expect(data.rotateSecret()).rejects.toMatchObject({ kind: 'conflict' });
    await data.forgetRunning();
    expect(await data.secret()).not.toBe(first);
  });

  it('leaves a secret of the environment to the environment', async () => {
    await expect(new DataFolder(folder, ['of the environment']).rotateSecret()).rejects.toThrow('SIAGA_SECRET');
  });
});

const runningWith = (secret: string) => ({
  ...{ pid: process.pid, city: '3574', cities: ['3574'], addresses: [], secretId: secretIdOf(secret) },
  ...{ url: 'http://127.0.0.1:3000', plainUrl: 'http://127.0.0.1:3000', apps: {} },
});
