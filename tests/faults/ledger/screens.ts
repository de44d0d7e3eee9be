import type { AnyEvent } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { eventually } from '@siaga/testing';
import type { OwnAccount } from './check-ledger.ts';
import { RawScreen } from './raw-screen.ts';
import { ScreenLog, type FactOf, type Shown } from './screen-log.ts';

/** A real client of the live stream that keeps a log of what it applies. */
export interface Screen {
  readonly name: string;
  /** Of the scene since {@link begin}. */
  readonly log: ScreenLog;
  /** Connected, and frames come. */
  readonly isLive: boolean;
  /** A new scene: what it applies from now on goes into a new log. */
  begin(factOf: FactOf): void;
  /** What it shows now. */
  shown(): Shown[];
  /** Whether it missed anything, as it tells who looks at it; undefined: it keeps no such account. */
  ownAccount(): Promise<OwnAccount | undefined>;
  close(): void;
}

/** A screen as people have it: the client module of the wall. */
export function openLiveScreen(name: string, url: string, events: readonly AnyEvent[]): Screen {
  const live = createLive({ url, streams: [...new Set(events.map(({ stream }) => stream.name))] });
  const latest = events.filter(({ stream }) => stream.delivery === 'latest');
  let log = new ScreenLog(() => undefined);
  let missed = live.status.get().missed;
  for (const event of events.filter(({ stream }) => stream.delivery === 'every'))
    live.every(event, (data, { id, key, at }) => {
      log.applied({ event: event.name, key, id, data, place: String(at) });
    });
  const shownOf = (event: AnyEvent) =>
    [...live.latest(event).get()].map(([key, { data }]) => ({ event: event.name, key, data }));
  for (const event of latest) {
    let held = new Set<string>();
    live.latest(event).subscribe(() => {
      const values = shownOf(event);
      const now = new Set(values.map(({ key }) => key));
      for (const key of held) if (!now.has(key)) log.showed({ event: event.name, key, data: null });
      held = now;
      for (const shown of values) log.showed(shown);
    });
  }
  live.status.subscribe(() => {
    const told = live.status.get().missed;
    if (told !== missed && told?.filled === false && told.forMs !== missed?.forMs) log.gaps += 1;
    missed = told;
  });
  return {
    name,
    get log() {
      return log;
    },
    get isLive() {
      return live.status.get().state === 'live';
    },
    begin: (factOf) => {
      log = new ScreenLog(factOf);
    },
    shown: () => latest.flatMap(shownOf),
    ownAccount: () => eventually(() => live.account.check()),
    close: () => {
      live.close();
    },
  };
}

/** A screen that speaks the protocol itself and takes frames as they come, twice if they come twice. */
export function openRawScreen(name: string, url: string, events: readonly AnyEvent[]): RawScreen {
  return new RawScreen(name, url, [...new Set(events.map(({ stream }) => stream.name))]);
}
