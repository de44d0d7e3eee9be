import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine } from '@siaga/engine';

/** A running engine with a data folder of its own. */
export interface TestEngine {
  logSocket: string;
  /** `MONGODB_URI` when that is set: the same tests then run on the server it names. */
  mongoUri: string;
  dataDir: string;
  close(): Promise<void>;
}

/** Starts the engine in this process on an empty data folder, which is removed at the end. */
export async function startTestEngine(): Promise<TestEngine> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-engine-'));
  const engine = await startEngine({ dataDir });
  return {
    logSocket: engine.logSocket,
    dataDir,
    mongoUri: process.env['MONGODB_URI'] ?? engine.mongoUri,
    close: async () => {
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** City codes nobody else uses at the moment, so that test files run side by side on one server. */
export function randomCities(count: number): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(String(randomInt(1000, 10_000)));
  return [...codes];
}
