import { startEngine, type RunningEngine } from './engine.ts';

/**
 * The engine as a process of its own: `SIAGA_DATA` names its folder. Tells its parent `{ ready: { logSocket, mongoUri } }`
 * or, in one sentence, `{ refused }`; ends with it or on SIGTERM; without a parent also on SIGINT.
 */
async function main(): Promise<void> {
  const engine: { running?: RunningEngine } = {};
  const stop = () => {
    void Promise.resolve(engine.running?.close()).finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches every process of a terminal at once; under a supervisor the engine is the last to stop
  process.on('SIGINT', process.send === undefined ? stop : () => undefined);
  if (process.send !== undefined) process.on('disconnect', stop);
  engine.running = await startEngine({ dataDir: process.env['SIAGA_DATA'] ?? '.siaga' });
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
