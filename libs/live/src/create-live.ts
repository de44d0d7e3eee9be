import {
  AccountLive,
  createClient,
  Problem,
  Subscribed,
  type AnyEvent,
  type Area,
  type Client,
  type DataOf,
  type EveryEntry,
  type Frame,
  type Subscribe,
} from '@siaga/contracts';
import { SessionAccount, type Account, type AskAccount } from './account.ts';
import { Applied } from './applied.ts';
import { Connection } from './connection.ts';
import { ChangingView, type LatestView } from './latest-views.ts';
import { DEAD_MS, Link, type LinkStatus } from './link.ts';
import { SleepWatch } from './sleep-watch.ts';

export interface LiveOptions {
  /** Origin of a gateway, `http://127.0.0.1:3000`; `''` is the page's own. */
  url: string;
  /**
   * A fresh token for each handshake; absent or undefined: the local operator of a loopback start. A `Fault` of kind
   * `unauthenticated` from it: nobody is signed in. Any other error: who is here cannot be told now.
   */
  token?: () => Promise<string | undefined>;
  /** How the gateway's routes are called; absent: with the token, which therefore must not be a ticket: that opens sockets only. */
  call?: Client;
  /** Exactly these streams; absent: every stream but those given only on request. */
  streams?: readonly string[];
  /** Filters `latest` values by place; more may come from the area's edge. */
  area?: Area;
}

/** What travels with an event of an `every` stream. */
export interface EveryInfo {
  readonly id: string;
  readonly key: string;
  /** When the log took it, epoch ms. */
  readonly at: number;
  readonly source: string;
  readonly exercise: boolean;
}

/** The live stream of one city: the newest values, each event exactly once, and the state of the link. */
export interface Live {
  latest<Event extends AnyEvent>(event: Event): LatestView<DataOf<Event>>;
  /** Calls the listener with each event once, in the order of its key; answers a function that ends it. */
  every<Event extends AnyEvent>(event: Event, listener: (data: DataOf<Event>, info: EveryInfo) => void): () => void;
  readonly status: { subscribe(listener: () => void): () => void; get(): LinkStatus };
  /** Was anything missed in this session? Compared with the log on demand, and every minute while somebody listens. */
  readonly account: {
    check(): Promise<Account>;
    subscribe(listener: () => void): () => void;
    get(): Account | undefined;
  };
  /** Moves the area filter; null lifts it. */
  track(area: Area | null): void;
  /** Asks at once who is here: somebody signed in or out. Without it that is noticed within a minute. */
  retry(): void;
  close(): void;
}

type EveryListener = (data: unknown, info: EveryInfo) => void;

/** For the eye of the watchdog. */
const LOOK_MS = 500;
/** An account reads the log; a gateway answers within 10 s or says that it cannot. */
const ACCOUNT_WITHIN_MS = 15_000;

/** Connects to a gateway and stays connected, resuming from where it was, through any number of cuts. */
export function createLive(options: LiveOptions): Live {
  return new LiveLink(options);
}

class LiveLink implements Live {
  readonly status = new Link();
  readonly account: SessionAccount;
  readonly #options: LiveOptions;
  readonly #connection: Connection;
  readonly #applied = new Applied();
  readonly #views = new Map<string, ChangingView>();
  readonly #listeners = new Map<string, Set<EveryListener>>();
  readonly #watch: ReturnType<typeof setInterval>;
  #area: Area | null;
  #epoch: string | undefined;
  readonly #sleep = new SleepWatch();

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#area = options.area ?? null;
    this.account = new SessionAccount({ ask: this.#askAccount, has: (id) => this.#applied.has(id) });
    this.#connection = new Connection(options, {
      connected: () => {
        this.#subscribe();
      },
      frame: (frame) => {
        this.#apply(frame);
      },
      lost: (reason) => {
        this.status.lost(reason);
      },
      signedOut: (reason) => {
        this.#signedOut(reason);
      },
    });
    this.#watch = setInterval(() => {
      this.#look();
    }, LOOK_MS);
  }

  latest<Event extends AnyEvent>({ name }: Event): LatestView<DataOf<Event>> {
    let view = this.#views.get(name);
    if (view === undefined) {
      view = new ChangingView(() => this.#applied.latest(name));
      this.#views.set(name, view);
    }
    return view as LatestView<DataOf<Event>>;
  }

  every<Event extends AnyEvent>({ name }: Event, listener: (data: DataOf<Event>, info: EveryInfo) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set<EveryListener>();
    this.#listeners.set(name, listeners);
    const heard: EveryListener = (data, info) => {
      listener(data as DataOf<Event>, info);
    };
    listeners.add(heard);
    return () => listeners.delete(heard);
  }

  track(area: Area | null): void {
    this.#area = area;
    if (this.#connection.isOpen) this.#connection.send('track', { area });
  }

  retry(): void {
    this.status.retrying();
    this.#connection.retry();
  }

  close(): void {
    this.account.close();
    clearInterval(this.#watch);
    this.#connection.close();
  }

  #subscribe(): void {
    this.#applied.reconnected();
    this.status.connected();
    const since = this.#applied.position;
    const wish: Subscribe = {
      ...(this.#options.streams === undefined ? {} : { streams: [...this.#options.streams] }),
      ...(this.#area === null ? {} : { area: this.#area }),
      ...(since === undefined ? {} : { since }),
      ...(this.#epoch === undefined ? {} : { epoch: this.#epoch }),
    };
    this.#connection.send('subscribe', wish, (answer) => {
      const subscribed = Subscribed.safeParse(answer);
      if (subscribed.success) {
        this.#epoch = subscribed.data.epoch;
        this.status.subscribed(subscribed.data.recovered);
      } else this.status.lost(Problem.safeParse(answer).data?.detail ?? 'the gateway gave no clear answer');
    });
  }

  #apply(frame: Frame): void {
    // a frame that had been under way when we fell asleep is asked for again
    if (this.#hasSlept()) return;
    const { changed, every } = this.#applied.apply(frame);
    if (frame.part?.last === false) {
      this.status.connected();
      return;
    }
    this.account.applied(frame.position, frame.at, every.length);
    for (const name of changed) this.#views.get(name)?.changed();
    for (const entry of every) this.#tell(entry);
    this.status.heard(
      frame.at,
      frame.latest.length,
      every.map(([, , , , meta]) => meta.at),
    );
  }

  #tell([name, key, data, id, meta]: EveryEntry): void {
    const info: EveryInfo = { id, key, at: meta.at, source: meta.source, exercise: meta.exercise === true };
    for (const listener of this.#listeners.get(name) ?? [])
      try {
        listener(data, info);
      } catch (error) {
        // one listener's fault must not keep the event from the others, nor pass unseen
        queueMicrotask(() => {
          throw error;
        });
      }
  }

  /** What was shown is nobody's to see any more: it goes before anything is said. */
  #signedOut(reason: string): void {
    this.#epoch = undefined;
    for (const name of this.#applied.forget()) this.#views.get(name)?.changed();
    this.account.forget();
    this.status.signedOut(reason);
  }

  /** A connection that brings nothing is dead, whatever the network says: make another. */
  #look(): void {
    if (this.#hasSlept()) return;
    this.status.look();
    if (this.status.silentMs > DEAD_MS) this.#connection.cut();
  }

  readonly #askAccount: AskAccount = async (body) => {
    const { url, call = createClient({ baseUrl: url, ...(await this.#connection.bearer()) }) } = this.#options;
    return call(AccountLive, { body }, { signal: AbortSignal.timeout(ACCOUNT_WITHIN_MS) });
  };

  /** The other end gave a sleeping machine up long ago, but its own end does not know that yet. */
  #hasSlept(): boolean {
    const sleptMs = this.#sleep.look();
    if (sleptMs === 0) return false;
    this.status.slept(sleptMs);
    this.#connection.cut();
    return true;
  }
}
