import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataFolder } from './data-folder.ts';

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'siaga-data-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes a secret once, for its owner only', async () => {
    const secrets = await Promise.all([1, 2, 3].map(() => new DataFolder(folder).secret()));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect((await stat(path.join(folder, 'secret'))).mode & 0o077).toBe(0);
  });

  it('remembers the running city only while its process lives', async () => {
    const data = new DataFolder(folder);
    expect(await data.running()).toBeUndefined();
    const running = { pid: process.pid, url: 'http://127.0.0.1:3000', city: '3574' };
    await data.recordRunning(running);
    expect(await data.running()).toEqual(running);
    await data.recordRunning({ ...running, pid: 2 ** 22 + 1 });
    expect(await data.running()).toBeUndefined();
  });
});
