import { openEventLog } from '@siaga/bus';
import { Documents } from '@siaga/store';
import { devices } from '../../../apps/waste/src/trucks/devices.store.ts';
import { fleet } from './fleet.ts';

/**
 * A service that does nothing but send its outbox, and has an accident while it does:
 * `dies` – is killed between publish and removal; a stream's name – pauses before its first publish to that stream, says
 * so, and goes on when told. With an incarnation it is on the fleet's seat.
 */
const [accident, city, uri, socket, incarnation] = process.argv.slice(2) as [string, string, string, string, string?];

const log = await openEventLog({ SIAGA_ENGINE: socket });
let paused = false;

const clumsy = {
  ensure: log.ensure.bind(log),
  append: async (...given: Parameters<typeof log.append>) => {
    if (given[0].endsWith(accident) && !paused) {
      paused = true;
      const told = new Promise((resolve) => process.once('message', resolve));
      process.send?.('publishing');
      await told;
    }
    await log.append(...given);
    if (accident === 'dies') process.kill(process.pid, 'SIGKILL');
  },
};

const seat = incarnation === undefined ? undefined : { name: 'fleet', incarnation: Number(incarnation) };
const documents = new Documents({ app: 'fleet', cities: [city], collections: [fleet, devices], uri, seat }, clumsy);
await documents.open();
documents.start();
