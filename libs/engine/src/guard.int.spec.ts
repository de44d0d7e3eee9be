import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accepts, isGuarded, standGuard } from './guard.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siaga-guard-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Listens and then does nothing any more, until it is killed: as one that is frozen. */
const frozen = `
  require('node:net').createServer().listen({ path: process.argv[2], backlog: 1 }, () => {
    process.send('listens', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

describe('a guard', () => {
  it('is seen for as long as it stands, and leaves nothing', async () => {
    const name = 'here.sock';
    expect(await isGuarded(folder, name)).toBe(false);
    const guard = await standGuard(folder, name);
    expect(await isGuarded(folder, name)).toBe(true);
    guard?.close();
    expect([await isGuarded(folder, name), readdirSync(folder)]).toEqual([false, []]);
  });

  it('is a socket, not any file of that name', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await isGuarded(folder, 'file')).toBe(false);
  });

  it('that is frozen still stands, however many have asked it; one that was killed does not', async () => {
    const [script, path] = [join(folder, 'frozen.cjs'), join(folder, 'frozen.sock')];
    writeFileSync(script, frozen);
    const child = fork(script, [path], { execArgv: [] });
    await once(child, 'message');
    const asking = Array.from({ length: 5 }, () => connect(path).on('error', () => undefined));
    expect(await Promise.all(Array.from({ length: 5 }, () => accepts(path)))).toEqual(Array(5).fill(true));
    for (const socket of asking) socket.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await accepts(path)).toBe(false);
  });
});
