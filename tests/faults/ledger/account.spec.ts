import { expect, it } from '@jest/globals';
import { TruckRegistered } from '@siaga/contracts';
import { screenAccount } from './account.ts';
import { checkLedger } from './check-ledger.ts';
import { ScreenLog, type Shown } from './screen-log.ts';
import type { Screen } from './screens.ts';

const value: Shown = { event: TruckRegistered.name, key: 'T-1', data: { truckId: 'T-1', version: 1, changedAtMs: 1 } };
const dump = { documents: [], latest: new Map([[value.event, new Map([[value.key, { version: 1 }]])]]) };

/** A screen on which that value came just now. */
function screenOf(...shown: Shown[]): Screen {
  const log = new ScreenLog((_, key, data) => (data === null ? `${key} is gone` : `truck ${key}`));
  for (const one of shown) log.showed(one);
  return {
    name: 'wall',
    log,
    isLive: true,
    begin: () => undefined,
    shown: () => shown,
    ownAccount: () => Promise.resolve({ inLog: 0, applied: 0, missed: [] }),
    close: () => undefined,
  };
}
const findings = async (screen: Screen, quietAtMs: number) =>
  checkLedger({
    entries: [],
    log: [],
    dump,
    screens: [await screenAccount(screen, { dump, log: [], quietAtMs })],
  }).filter(({ broken }) => broken === 'stale');

it('finds nothing stale on a screen whose last value came soon after the quiet', async () => {
  expect(await findings(screenOf(value), Date.now() - 500)).toEqual([]);
});

it('finds a screen late whose last value came long after the quiet, however late it is looked at', async () => {
  const screen = screenOf(value);
  screen.log.showed(value); // told again, it is not new
  const [late] = await findings(screen, Date.now() - 5000);
  expect(late?.says).toMatch(/wall equalled the store only 5\d\d\d ms after all was quiet/);
});

it('counts a value that was taken away as a change', () => {
  const { log } = screenOf(value);
  log.changedAtMs = 0;
  log.showed({ ...value, data: null });
  expect(log.changedAtMs).toBeGreaterThan(0);
});
