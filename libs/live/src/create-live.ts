import {
  AccountLive,
  createClient,
  LIVE_NAMESPACE,
  Problem,
  Subscribed,
  type AnyEvent,
  type Area,
  type DataOf,
  type EveryEntry,
  type Frame,
  type Subscribe,
} from '@siaga/contracts';
import { io, type Socket } from 'socket.io-client';
import { SessionAccount, type Account, type AskAccount } from './account.ts';
import { Applied } from './applied.ts';
import { ChangingView, type LatestView } from './latest-views.ts';
import { DEAD_MS, Link, type LinkStatus } from './link.ts';
import { SleepWatch } from './sleep-watch.ts';

export interface LiveOptions {
  /** Origin of a gateway, `http://127.0.0.1:3000`; `''` is the page's own. */
  url: string;
  /** A fresh token for each handshake; absent or undefined: the local operator of a loopback start. */
  token?: () => Promise<string | undefined>;
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
  close(): void;
}

type EveryListener = (data: unknown, info: EveryInfo) => void;

/** After a refusal, and for the eye of the watchdog. */
const RETRY_MS = 2000;
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
  readonly #socket: Socket;
  readonly #applied = new Applied();
  readonly #views = new Map<string, ChangingView>();
  readonly #listeners = new Map<string, Set<EveryListener>>();
  readonly #watch: ReturnType<typeof setInterval>;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #area: Area | null;
  #epoch: string | undefined;
  readonly #sleep = new SleepWatch();
  #closed = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#area = options.area ?? null;
    this.account = new SessionAccount({ ask: this.#askAccount, has: (id) => this.#applied.has(id) });
    this.#socket = io(options.url + LIVE_NAMESPACE, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      auth: (give) => void this.#token().then(give),
    });
    this.#socket.on('connect', () => {
      this.#subscribe();
    });
    this.#socket.on('frame', (frame: Frame) => {
      this.#apply(frame);
    });
    this.#socket.on('disconnect', () => {
      this.#lost();
    });
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => {
      this.#lost(Problem.safeParse(error.data).data?.detail);
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
    if (this.#socket.connected) this.#socket.emit('track', { area });
  }

  close(): void {
    this.#closed = true;
    this.account.close();
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#socket.disconnect();
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
    this.#socket.emit('subscribe', wish, (answer: unknown) => {
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

  #lost(reason?: string): void {
    this.status.lost(reason);
    // socket.io comes back by itself, except after a refusal or when the gateway said goodbye
    if (this.#closed || this.#socket.active) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket.connect(), RETRY_MS);
  }

  /** A connection that brings nothing is dead, whatever the network says: make another. */
  #look(): void {
    if (this.#hasSlept()) return;
    this.status.look();
    if (this.#socket.connected && this.status.silentMs > DEAD_MS) this.#socket.io.engine.close();
  }

  readonly #askAccount: AskAccount = async (body) => {
    const call = createClient({ baseUrl: this.#options.url, ...(await this.#token()) });
    return call(AccountLive, { body }, { signal: AbortSignal.timeout(ACCOUNT_WITHIN_MS) });
  };

  /** The other end gave a sleeping machine up long ago, but its own end does not know that yet. */
  #hasSlept(): boolean {
    const sleptMs = this.#sleep.look();
    if (sleptMs === 0) return false;
    this.status.slept(sleptMs);
    if (this.#socket.connected) this.#socket.io.engine.close();
    return true;
  }

  async #token(): Promise<{ token?: string }> {
    const token = await this.#options.token?.().catch(() => undefined);
    return token === undefined ? {} : { token };
  }
}
