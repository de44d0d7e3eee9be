import { CrowdScreen, type Shared } from './crowd-screen.ts';
import type { Account, Command } from './crowd.ts';
import { Delays } from './delays.ts';
import { FrameReader } from './frame-reader.ts';

/** Many screens in a process of their own: does what its parent says and keeps account. Ends with its parent. */
const [url = ''] = process.argv.slice(2);
const shared: Shared = {
  url,
  reader: new FrameReader(),
  delays: new Delays(),
  ...{ entries: 0, frames: 0, bytes: 0, returns: 0, wokeCut: 0 },
};
const screens: CrowdScreen[] = [];
/** So many connect at the same time when a crowd opens; a crowd that returns is not held back. */
const AT_ONCE = 50;

async function open(wishes: readonly object[]): Promise<void> {
  for (let opened = 0; opened < wishes.length; opened += AT_ONCE) {
    const some = wishes.slice(opened, opened + AT_ONCE).map((wish) => new CrowdScreen(shared, wish));
    screens.push(...some);
    await Promise.all(some.map((screen) => screen.open()));
  }
}

/** Each screen loses its connection once in `everyMs`, all at different moments. */
function jitter(everyMs: number): void {
  for (const screen of screens)
    setTimeout(() => {
      screen.cut();
      setInterval(() => {
        screen.cut();
      }, everyMs);
    }, Math.random() * everyMs);
}

function account(numbered: number): Account {
  const sum = (of: (screen: CrowdScreen) => number) => screens.reduce((total, screen) => total + of(screen), 0);
  const { entries, frames, bytes, returns, wokeCut, delays } = shared;
  return {
    screens: screens.length,
    missing: sum(({ seen }) => seen.missing(numbered)),
    twice: sum(({ seen }) => seen.twice),
    disordered: sum(({ seen }) => seen.disordered),
    snapshots: sum(({ snapshots }) => snapshots),
    behind: sum(({ caughtUp }) => (caughtUp !== undefined && caughtUp.atMs === undefined ? 1 : 0)),
    caughtUpMs: screens.flatMap(({ caughtUp }) =>
      caughtUp?.atMs === undefined ? [] : [caughtUp.atMs - caughtUp.fromMs],
    ),
    ...{ entries, frames, bytes, returns, wokeCut },
    delays: delays.entries(),
  };
}

async function obey(command: Command): Promise<object> {
  switch (command.do) {
    case 'open':
      await open(command.wishes);
      return {};
    case 'cut':
      for (const screen of screens) screen.cut(command.offlineMs);
      return {};
    case 'jitter':
      jitter(command.everyMs);
      return {};
    case 'stall':
      for (const screen of screens) screen.stall(() => command.sleepMs * (0.8 + 0.4 * Math.random()));
      return {};
    case 'mark':
      for (const screen of screens) screen.caughtUp = { fromMs: command.fromMs, atMs: undefined };
      return {};
    case 'forget':
      shared.delays.clear();
      return {};
    case 'subscribe': {
      let next = 0;
      const perTick = command.perSecond / 100;
      setInterval(() => {
        for (let sent = 0; sent < perTick; sent += 1) screens[(next += 1) % screens.length]?.subscribeAnew();
      }, 10);
      return {};
    }
    case 'account':
      return account(command.numbered);
  }
}

process.on('message', (command: Command) => {
  void obey(command).then((answer) => process.send?.(answer));
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
