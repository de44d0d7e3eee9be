import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEngine } from '../engine.ts';
import { connectLog } from '../log/client.ts';
import { makeBackup } from './ask-backup.ts';
import { endRestore, restoreBackup } from './restore.ts';

const topic = '1000.t';
const restoreSource = `
  import { restoreBackup } from ${JSON.stringify(new URL('./restore.ts', import.meta.url).href)};
  console.log('begins');
  await restoreBackup({ from: process.argv[1], dataDir: process.argv[2], replace: true });
`;

let folder: string;
/** A stopped city that went on after its backup. */
let before: string;
let from: string;
let oldLogId: string;
let dataDir: string;

/** What a data folder holds, by starting an engine on it. */
async function look(): Promise<{ records: number; logId: string; secret: string }> {
  const engine = await startEngine({ dataDir });
  const log = connectLog(engine.logSocket);
  try {
    const { logId, partitions } = await log.ends(topic);
    return { records: partitions[0]?.next ?? 0, logId, secret: await readFile(path.join(dataDir, 'secret'), 'utf8') };
  } finally {
    await log.close();
    await engine.close();
  }
}

const old = () => ({ records: 31, logId: oldLogId, secret: 'new secret' });
const isNew = { records: 30, logId: expect.any(String), secret: 'old secret' };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-restore-'));
  before = path.join(folder, 'before');
  const engine = await startEngine({ dataDir: before });
  const log = connectLog(engine.logSocket);
  await log.ensure([{ topic, delivery: 'every', partitions: 1, keepForDays: 1 }]);
  const append = () => log.append(topic, [{ key: 'k', value: Buffer.alloc(900_000), headers: {} }]);
  for (let number = 0; number < 30; number++) await append();
  await writeFile(path.join(before, 'secret'), 'old secret');
  const backup = { to: path.join(folder, 'backups'), keep: 1, city: '1000', siaga: 'test' };
  ({ folder: from } = await makeBackup(engine.logSocket, backup));
  await writeFile(path.join(before, 'secret'), 'new secret');
  await append();
  oldLogId = (await log.ends(topic)).logId;
  await log.close();
  await engine.close();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(folder, 'data-'));
  await cp(before, dataDir, { recursive: true });
});

/** Begins a restore in a process of its own and kills it at a moment, or lets it end before. */
async function restoreKilledWhen(moment: (over: { isOver?: true }) => Promise<unknown>): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', '--conditions=siaga-source', '--input-type=module'],
      '-e',
      restoreSource,
      from,
      dataDir,
    ],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const over: { isOver?: true } = {};
  const exited = once(child, 'exit').finally(() => (over.isOver = true));
  await once(child.stdout, 'data');
  await Promise.race([moment(over), exited]);
  child.kill('SIGKILL');
  await exited;
}

/** Looks as often as it can, because what it waits for may last for less than a millisecond. */
const appears = (name: string) => async (over: { isOver?: true }) => {
  while (over.isOver !== true && !existsSync(path.join(dataDir, name))) await new Promise(setImmediate);
};

async function startsOrSays(): Promise<Awaited<ReturnType<typeof look>> | string> {
  try {
    return await look();
  } catch (error) {
    return String(error);
  }
}

describe('a restore that is killed', () => {
  it.each([
    ['removed', () => rm(path.join(dataDir, 'restoring'), { recursive: true }), old],
    ['repeated', () => restoreBackup({ from, dataDir, replace: true }), () => isNew],
  ])(
    'while it copies is refused at the next start, until what it left is %s',
    async (_, way, expected) => {
      await restoreKilledWhen(appears('restoring'));
      expect(await startsOrSays()).toMatch(/was cut off: run it again .* or remove .*restoring/);
      await way();
      expect(await look()).toEqual(expected());
    },
    30_000,
  );

  it.each(['replacing', 'restored'])(
    'once its data are whole (%s) is ended by the next start',
    async (name) => {
      await restoreKilledWhen(appears(name));
      const seen = await look();
      expect(seen).toEqual(isNew);
      expect(seen.logId).not.toBe(oldLogId);
      expect(existsSync(path.join(dataDir, name))).toBe(false);
      const [aside = '', ...more] = (await readdir(dataDir)).filter((folder) => folder.startsWith('replaced'));
      expect([aside.slice(0, 9), more]).toEqual(['replaced-', []]);
      dataDir = path.join(dataDir, aside);
      expect(await look()).toEqual(old());
    },
    30_000,
  );

  it('is not ended by a start that is not to be, beside an engine that runs', async () => {
    const engine = await startEngine({ dataDir });
    await mkdir(path.join(dataDir, 'replacing'));
    await expect(endRestore(dataDir)).rejects.toThrow('Siaga sudah berjalan');
    expect(existsSync(path.join(dataDir, 'replacing'))).toBe(true);
    await engine.close();
  });

  it('at any other moment leaves the old data or the new, never a mixture', async () => {
    const outcomes: unknown[] = [];
    for (let round = 0; round < 8; round++) {
      await rm(dataDir, { recursive: true });
      await cp(before, dataDir, { recursive: true });
      await restoreKilledWhen(() => delay(Math.random() * 250));
      const seen = await startsOrSays();
      if (typeof seen === 'string') {
        expect(seen).toContain('was cut off');
        await rm(path.join(dataDir, 'restoring'), { recursive: true });
        expect(await look()).toEqual(old());
      } else if (seen.logId === oldLogId) expect(seen).toEqual(old());
      else expect(seen).toEqual(isNew);
      outcomes.push(seen);
    }
    expect(outcomes).toHaveLength(8);
  }, 60_000);
});
