import { readConfig } from './config.ts';
import { simulate, type Ending } from './simulator.ts';

const farewell: Readonly<Record<Ending, string>> = {
  stopped: 'simulator stopped',
  begun: 'the city works in earnest: nothing is simulated any more',
  cleared: 'the simulated trucks were cleared from the register: the simulator has nothing left to do and stops',
  'no-trucks': 'every truckId of the simulator belongs to a real truck: nothing to simulate',
};

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  const stop = new AbortController();
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stop.abort());
  process.send?.({ ready: {} });
  say(farewell[await simulate(config, { stop: stop.signal, say })]);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}
