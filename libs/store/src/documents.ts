import type { EventLog } from '@siaga/bus';
import { createLogger, serviceContext, withContext, type HealthReport } from '@siaga/service';
import { Blobs } from './blobs.ts';
import { CityDatabases } from './cities.ts';
import type { AnyCollection } from './collection.ts';
import { Lease, type LeaseDocument, type Seat } from './lease.ts';
import type { Outboxed } from './outbox-records.ts';
import { KeptPresses, presses } from './presses.ts';
import { Relay } from './relay.ts';
import { Store } from './store.ts';
import { Sweeper } from './sweeper.ts';
import { Timers } from './timers.ts';

const log = createLogger('documents');
const HOUR_MS = 3_600_000;

export interface DocumentsSettings {
  readonly cities: readonly string[];
  /** Name of the service: source of its events, owner of its lease. */
  readonly app: string;
  /** Collections of this service: their indexes are made at start, their outboxes are sent. */
  readonly collections: readonly AnyCollection[];
  /** `MONGODB_URI`, for example `mongodb://127.0.0.1:27017`. */
  readonly uri: string;
  /** Where a supervisor put this process: a restart sends and wakes at once what the one before left. */
  readonly seat?: Seat | undefined;
}

/** Everything a service has of documents, wired: what {@link StoreModule} gives to Nest and a script uses without it. */
export class Documents {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly timers: Timers;
  readonly presses: KeptPresses;
  readonly #databases: CityDatabases;
  readonly #settings: DocumentsSettings;
  readonly #log: Pick<EventLog, 'ensure' | 'append'>;
  #blobTimer: NodeJS.Timeout | undefined;
  #blobSweep: Promise<void> | undefined;
  readonly #sweepers = new Map<string, Sweeper>();

  constructor(settings: DocumentsSettings, log: Pick<EventLog, 'ensure' | 'append'>) {
    this.#settings = settings;
    this.#log = log;
    this.#databases = new CityDatabases(settings.uri, settings.cities);
    this.store = new Store(this.#databases, (city) => this.#sweepers.get(city)?.nudge());
    this.blobs = new Blobs(this.#databases);
    this.timers = new Timers(this.#databases, this.store);
    this.presses = new KeptPresses(this.store);
  }

  /** Connects and makes indexes; throws `unavailable` when no database answers within 5 s. */
  async open(): Promise<void> {
    await this.#databases.connect();
    await this.#databases.ensure([...this.#settings.collections, presses]);
  }

  /** Begins to send outboxes and wake timers. */
  start(): void {
    for (const city of this.#settings.cities) {
      const sweeper = this.#sweeperOf(city);
      this.#sweepers.set(city, sweeper);
      sweeper.start();
    }
    this.#sweepBlobs();
    this.#blobTimer = setInterval(() => {
      this.#sweepBlobs();
    }, HOUR_MS);
  }

  /** Whether this process is the one of its app that speaks for a city: it holds the lease. */
  leads(city: string): boolean {
    return this.#sweepers.get(city)?.leads === true;
  }

  /** The same, and also while the database answers nobody, for ten minutes: for what people need more when nothing else works. */
  leadsStill(city: string): boolean {
    return this.#sweepers.get(city)?.leadsStill === true;
  }

  /** A round trip to the database; throws `unavailable`. */
  async health(): Promise<HealthReport> {
    await this.#databases.ping();
    return { ok: true };
  }

  /** Of one city, or of all. */
  outboxHealth(city?: string): HealthReport {
    const reports = [...this.#sweepers]
      .filter(([of]) => city === undefined || of === city)
      .map(([, sweeper]) => sweeper.health());
    return reports.find((report) => !report.ok) ?? { ok: true };
  }

  async close(): Promise<void> {
    clearInterval(this.#blobTimer);
    await this.#blobSweep;
    await Promise.all([...this.#sweepers.values()].map((sweeper) => sweeper.close()));
    await this.#databases.close();
  }

  /** What killed processes left of uploads; the next hour tries again, and no city waits for another. */
  #sweepBlobs(): void {
    const sweep = (city: string) =>
      withContext(serviceContext(city), () => this.blobs.sweep(Date.now())).catch((error: unknown) => {
        log.warn({ err: error, city }, 'uploads that broke off are looked for again in an hour');
      });
    this.#blobSweep = (async () => {
      for (const city of this.#settings.cities) await sweep(city);
    })();
  }

  #sweeperOf(city: string): Sweeper {
    const { app, collections, seat } = this.#settings;
    const leases = this.#databases.native(city).collection<LeaseDocument>('leases');
    const lease = new Lease(leases, app, { seat });
    const relay = new Relay({
      databases: this.#databases,
      log: this.#log,
      lease,
      sender: { city, source: `siaga/${app}` },
      collections: collections as readonly unknown[] as readonly Outboxed[],
    });
    return new Sweeper({ city, lease, relay, timers: this.timers });
  }
}
