import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ServiceReported } from '@siaga/contracts';
import { createLogger, serviceContext, withContext, withinMs, type Health } from '@siaga/service';
import { isUnavailable } from './attempts.ts';
import type { EventBus } from './event-bus.ts';
import type { EventLog } from './event-log.ts';
import type { EventTransport } from './event-transport.ts';
import { silentPeers } from './silent-peers.ts';

const log = createLogger('reports');

/** What an app knows of itself beyond what every process can say. */
export type ReportPart = Partial<Pick<ServiceReported, 'live' | 'deadLetters' | 'storage'>>;

/** Asked for a city before each report; what fails or takes too long is left out of that report. */
export type ReportLook = (city: string) => ReportPart | Promise<ReportPart>;

/** A reader takes a report for old after 15 s: two may fail before that. */
const EVERY_MS = 5000;
/** A process must not end later because the log is away. */
const RETRACT_WITHIN_MS = 1000;
/** Replaced containers have other names; theirs are looked for at the first report and then so often. */
const PEERS_EVERY_MS = 3_600_000;
/** Longer than any restart or repair that a wall should remember as "down". */
const SILENT_MS = 3_600_000;

export interface ReportSource {
  app: string;
  cities: readonly string[];
  bus: EventBus;
  log: EventLog;
  transport: EventTransport;
  health: Health;
  /** An instance silent for longer is forgotten by its peers; an hour, when absent. */
  silentForMs?: number;
}

/**
 * Tells every 5 s how this process is, see {@link ServiceReported}. One report is under way at a time: what cannot be
 * published is dropped, the next one says more. An app adds what it alone knows by {@link add}.
 */
@Injectable()
export class ServiceReports implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #source: ReportSource;
  readonly #instanceId: string;
  readonly #looks: ReportLook[] = [];
  readonly #startedAtMs = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #underway: Promise<void> | undefined;
  #said: Promise<void> = Promise.resolve();
  #closing = false;
  #peersAtMs = -Infinity;

  constructor(source: ReportSource, instanceId = hostname()) {
    this.#source = source;
    this.#instanceId = instanceId;
  }

  /** Adds what the app knows to each report from now on. */
  add(look: ReportLook): void {
    this.#looks.push(look);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#tell();
    }, EVERY_MS).unref();
    this.#tell();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    const { bus, cities, app } = this.#source;
    const key = `${app}@${this.#instanceId}`;
    await withinMs(RETRACT_WITHIN_MS, async () => {
      await this.#said.catch(() => undefined); // or it would be the last word
      await Promise.all(cities.map((city) => inCity(city, () => bus.retract(ServiceReported, key))));
    }).catch(() => undefined); // then readers see our silence
  }

  #tell(): void {
    this.#underway ??= this.#tellAll()
      .catch((error: unknown) => {
        // while the log is away whoever needs it says so, and readers see our silence
        log[isUnavailable(error) ? 'debug' : 'warn']({ err: error }, 'could not report');
      })
      .finally(() => {
        this.#underway = undefined;
      });
  }

  async #tellAll(): Promise<void> {
    const { health, cities, bus, app } = this.#source;
    for (const city of cities) {
      const { ok, checks } = await health.report('ready', city);
      const handlers = this.#source.transport.progress(city);
      const report: ServiceReported = {
        service: app,
        instanceId: this.#instanceId,
        atMs: Date.now(),
        startedAtMs: this.#startedAtMs,
        ready: ok,
        checks: Object.entries(checks).map(([name, check]) => ({
          name,
          ok: check.ok,
          ...(check.detail === undefined ? {} : { detail: printable(check.detail) }),
        })),
        memoryBytes: process.memoryUsage.rss(),
        ...(handlers === undefined ? {} : { handlers }),
        ...(await this.#parts(city)),
      };
      if (this.#closing) return;
      await (this.#said = inCity(city, () => bus.publish(ServiceReported, report)));
    }
    await this.#retractPeers();
  }

  async #parts(city: string): Promise<ReportPart> {
    const parts = this.#looks.map((look) => withinMs(EVERY_MS / 2, async () => look(city)).catch(() => ({})));
    return Object.assign({}, ...(await Promise.all(parts))) as ReportPart;
  }

  /** Whoever of this service was silent for more than an hour does not come back under that name. */
  async #retractPeers(): Promise<void> {
    if (performance.now() - this.#peersAtMs < PEERS_EVERY_MS) return;
    this.#peersAtMs = performance.now(); // also when it fails: each look is a reader of its own
    const { cities, bus, app, silentForMs = SILENT_MS } = this.#source;
    for (const city of cities) {
      const peers = { city, service: app, silentForMs };
      // reports must not wait for long
      const keys = await withinMs(EVERY_MS, (signal) => silentPeers(this.#source.log, peers, signal));
      for (const key of keys) await inCity(city, () => bus.retract(ServiceReported, key));
    }
  }
}

const inCity = <Result>(city: string, work: () => Result): Result => withContext(serviceContext(city), work);

/** One line without control characters: a cause may come from anywhere. */
const printable = (text: string) => text.replace(/[\p{C}\s]+/gu, ' ').trim().slice(0, 500).toWellFormed() || 'no detail'; // prettier-ignore
