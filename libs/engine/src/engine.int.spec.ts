import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEngine } from './engine.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'siaga-folder-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a data folder', () => {
  it('belongs to one engine: of many that start at once one wins, the others say so in a sentence', async () => {
    const dataDir = join(folder, 'one');
    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => startEngine({ dataDir })));
    const won = starts.filter((start) => start.status === 'fulfilled');
    const refused = starts.filter((start) => start.status === 'rejected');
    expect(won).toHaveLength(1);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ kind: 'conflict' });
      expect(String(reason)).toContain('Siaga sudah berjalan');
    }
    expect(JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8'))).toMatchObject({
      logSocket: won[0]?.value.logSocket,
      mongoUri: won[0]?.value.mongoUri,
    });
    await won[0]?.value.close();
  });

  it('is not taken over by one in a container with a temporary folder of its own, which finds no socket there', async () => {
    const dataDir = join(folder, 'shared '.padEnd(120, '-'));
    const first = await startEngine({ dataDir });
    const [sockets, hidden] = [dirname(first.logSocket), join(folder, 'hidden')];
    renameSync(sockets, hidden);
    await expect(startEngine({ dataDir })).rejects.toThrow('Siaga sudah berjalan');
    rmSync(sockets, { recursive: true });
    renameSync(hidden, sockets);
    await first.close();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('engine'))).toEqual([]);
  });

  it('is taken over from an engine that crashed, under the same addresses', async () => {
    const dataDir = join(folder, 'crashed');
    const first = await startEngine({ dataDir });
    const left = readFileSync(join(dataDir, 'engine.json'));
    await first.close();
    writeFileSync(join(dataDir, 'engine.json'), left); // as kill -9 leaves it
    const second = await startEngine({ dataDir });
    expect(second).toMatchObject({ logSocket: first.logSocket, mongoUri: first.mongoUri });
    await second.close();
  });

  it('is taken over from an engine that was killed as it started, under the addresses of the one before', async () => {
    const dataDir = join(folder, 'killed early');
    const first = await startEngine({ dataDir });
    await first.close();
    const early = join(dirname(first.logSocket), '0123456789ab.sock');
    writeFileSync(join(dataDir, 'engine.json'), JSON.stringify({ pid: 1, logSocket: early }));
    const next = await startEngine({ dataDir });
    expect(next).toMatchObject({ logSocket: first.logSocket, mongoUri: first.mongoUri });
    await next.close();
  });

  it('is taken over from an engine killed between moving the record of the one before aside and leaving its own', async () => {
    const dataDir = join(folder, 'killed between');
    const first = await startEngine({ dataDir });
    const left = readFileSync(join(dataDir, 'engine.json'));
    await first.close();
    writeFileSync(join(dataDir, 'engine.json.0123456789ab'), left);
    const next = await startEngine({ dataDir });
    expect(next).toMatchObject({ logSocket: first.logSocket, mongoUri: first.mongoUri });
    await next.close();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('engine'))).toEqual([]);
  });

  it('is made anew of a record that cannot be read', async () => {
    const dataDir = join(folder, 'one');
    writeFileSync(join(dataDir, 'engine.json'), '{"pid":');
    const engine = await startEngine({ dataDir });
    await engine.close();
  });

  it('that cannot be written is refused in a sentence', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(startEngine({ dataDir: join(file, 'data') })).rejects.toThrow(/tidak dapat ditulis \(ENOTDIR\)/);
  });
});
