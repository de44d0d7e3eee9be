import { z } from 'zod';
import { startEngine, type RunningEngine } from './engine.ts';
import { isCommitFailure } from './lmdb-errors.ts';

const MebiBytes = z.coerce.number().min(0).max(1_000_000);

/**
 * The engine as a process of its own: `SIAGA_DATA` names its folder, `SIAGA_DISK_RESERVE_MIB` what it leaves free. Tells its parent `{ ready: { logSocket, mongoUri } }`
 * or, in one sentence, `{ refused }`; ends with it or on SIGTERM; without a parent also on SIGINT.
 */
async function main(): Promise<void> {
  process.umask(0o077); // whatever the folder allows: what a city knows is its owner's
  const engine: { running?: RunningEngine } = {};
  const stop = () => {
    void Promise.resolve(engine.running?.close()).finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches every process of a terminal at once; under a supervisor the engine is the last to stop
  process.on('SIGINT', process.send === undefined ? stop : () => undefined);
  if (process.send !== undefined) process.on('disconnect', stop);
  process.on('unhandledRejection', (error) => {
    if (!isCommitFailure(error)) throw error;
  });
  const reserve = process.env['SIAGA_DISK_RESERVE_MIB'];
  engine.running = await startEngine({
    dataDir: process.env['SIAGA_DATA'] ?? '.siaga',
    ...(reserve === undefined ? {} : { reserveBytes: MebiBytes.parse(reserve) * 1024 * 1024 }),
  });
  const { logSocket, mongoUri } = engine.running;
  process.send?.({ ready: { logSocket, mongoUri } });
}

await main().catch((error: unknown) => {
  const refused = error instanceof Error ? error.message : String(error);
  if (process.send !== undefined) {
    process.send({ refused }, () => process.exit(1));
    return;
  }
  process.stderr.write(`${refused}\n`);
  process.exit(1);
});
