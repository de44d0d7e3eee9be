import { Fault } from '@siaga/contracts';
import { ConfigError } from '@siaga/service';
import { announcement } from './announcement.ts';
import { startCity, type City } from './city.ts';
import { DataFolder } from './data-folder.ts';
import { readOptions, usage, type CityOptions } from './options.ts';
import { Refused } from './supervisor.ts';

const NEEDED_NODE = 24;

/** `npm start`: the whole city on one machine. Ctrl-C stops everything cleanly. */
async function run(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
    throw new ConfigError(
      `Siaga perlu Node ${NEEDED_NODE}, ini ${process.version}: jalankan dengan npm start yang membawa Node sendiri, atau pasang Node ${NEEDED_NODE}.
Siaga needs Node ${NEEDED_NODE} and this is ${process.version}: start it with npm start, which brings its own, or install Node ${NEEDED_NODE}.`,
    );
  }
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const options = readOptions(process.argv.slice(2), process.env);
  const data = new DataFolder(options.SIAGA_DATA, options.SIAGA_SECRET);
  const city = await startCity(options, data);
  announce(options, city);
  process.send?.({ ready: { url: city.url, pids: city.pids() } });
  process.on('message', (message) => {
    if (message === 'pids') process.send?.({ pids: city.pids() });
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log('\nBerhenti… · stopping…');
    void city.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  if (process.send !== undefined) process.on('disconnect', stop);
}

function announce({ simulator, lan }: CityOptions, { name, url, deviceAddresses, entrance, begun }: City): void {
  console.log(announcement({ cityName: name, simulator, begun, lan, url, deviceAddresses, entrance }));
}

run().catch((error: unknown) => {
  const foreseen = error instanceof ConfigError || error instanceof Refused || error instanceof Fault;
  console.error(foreseen ? `\n${error.message}\n` : error);
  process.send?.({ refused: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
