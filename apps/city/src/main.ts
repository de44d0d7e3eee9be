import { cities, Fault } from '@siaga/contracts';
import { ConfigError, signToken } from '@siaga/service';
import { renderUnicodeCompact } from 'uqr';
import { startCity, type City } from './city.ts';
import { DataFolder } from './data-folder.ts';
import { readOptions, usage, type CityOptions } from './options.ts';
import { Refused } from './supervisor.ts';

const NEEDED_NODE = 24;

/** `npm start`: the whole city on one machine. Ctrl-C stops everything cleanly. */
async function run(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
    throw new ConfigError(
      `Siaga needs Node ${NEEDED_NODE} and this is ${process.version}: start it with npm start, which brings its own, or install Node ${NEEDED_NODE}.`,
    );
  }
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const options = readOptions(process.argv.slice(2), process.env);
  const data = new DataFolder(options.SIAGA_DATA, options.SIAGA_SECRET);
  const city = await startCity(options, data);
  await announce(options, city, data);
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

async function announce(options: CityOptions, city: City, data: DataFolder): Promise<void> {
  const name = cities[options.SIAGA_CITY]?.name ?? options.SIAGA_CITY;
  console.log(`\n  Siaga · ${name}${options.simulator ? ' · SIMULASI' : ''}\n`);
  if (!options.lan) {
    console.log(`  ${city.url}\n\n  Ctrl-C: berhenti · stop\n`);
    return;
  }
  const admin = {
    id: 'lan',
    kind: 'person',
    city: options.SIAGA_CITY,
    agencies: ['command'],
    roles: ['city-admin'],
    exercise: false,
  } as const;
  const token = await signToken(admin, await data.secret(), '12h');
  for (const address of city.deviceAddresses) {
    const device = `${address}/ingest/osmand`;
    console.log(`  Dinding · wall, 12 jam · 12 hours:\n  ${address}/#token=${token}\n`);
    console.log(
      `  Traccar Client: ${device}\n  OwnTracks (HTTP): ${address}/ingest/owntracks\n  Traccar server forward.url: ${address}/ingest/traccar\n`,
    );
    console.log(renderUnicodeCompact(device, { border: 2 }).replace(/^/gm, '  '));
  }
  if (city.deviceAddresses.length === 0)
    console.log(
      `  ${city.url}/#token=${token}\n\n  Komputer ini tidak terhubung ke jaringan mana pun · this machine is on no network.\n`,
    );
}

run().catch((error: unknown) => {
  const foreseen = error instanceof ConfigError || error instanceof Refused || error instanceof Fault;
  console.error(foreseen ? `\n${error.message}\n` : error);
  process.send?.({ refused: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
