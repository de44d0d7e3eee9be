import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openDoor, type Door } from './log/server.ts';
import { publishSocket, removeSockets, socketPaths, touchSockets, type SocketPaths } from './sockets.ts';

let paths: SocketPaths;
let door: Door;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-sockets-'));
  paths = socketPaths(dataDir, undefined);
  door = await openDoor(paths.early);
  publishSocket(paths);
});

afterEach(async () => {
  await door.close();
  removeSockets(paths);
  await rm(dataDir, { recursive: true });
});

it('sockets of an engine that runs for weeks do not look forgotten', async () => {
  const weeksAgo = Date.now() - 30 * 24 * 3600_000;
  touchSockets(paths, weeksAgo);
  expect((await stat(paths.log)).mtimeMs).toBeLessThan(weeksAgo + 1000);
  touchSockets(paths);
  expect((await stat(paths.log)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});
