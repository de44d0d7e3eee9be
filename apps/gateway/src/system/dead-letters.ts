import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import {
  DeadLetterTray,
  dismissDeadLetters,
  EVENT_LOG,
  replayDeadLetters,
  ServiceReports,
  type EventLog,
} from '@siaga/bus';
import { Fault, type DeadLetterSummary } from '@siaga/contracts';
import { createLogger, currentContext, metrics, PerCity, RouteSettings } from '@siaga/service';
import { Gauge } from 'prom-client';

const log = createLogger('dead-letters');

const waiting = new Gauge({
  name: 'siaga_dead_letters',
  help: 'Events that no handler could take and that were not replayed or dismissed',
  labelNames: ['city'],
  registers: [metrics],
});

/** The dead letters of the context's city: how many, which, and once more to whoever gave them up. */
@Injectable()
export class DeadLetters implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #trays: PerCity<DeadLetterTray>;
  #changed: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(EVENT_LOG) private readonly events: EventLog,
    private readonly reports: ServiceReports,
    settings: RouteSettings,
  ) {
    this.#trays = new PerCity(settings.cities, (city) => new DeadLetterTray(events, city));
  }

  onApplicationBootstrap(): void {
    for (const tray of this.#trays.values()) tray.open();
    this.reports.add((city) => {
      const { count } = this.#trays.of(city);
      if (count === undefined) return {};
      waiting.set({ city }, count);
      return { deadLetters: count };
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#trays.values()].map((tray) => tray.close()));
  }

  /** The newest, newest first, and how many there are. */
  list(most: number): { items: DeadLetterSummary[]; total: number } {
    const tray = this.#trays.here;
    const { count } = tray;
    if (count === undefined)
      throw new Fault('unavailable', 'daftarnya sedang dibaca, coba lagi sebentar · the dead letters are being read');
    return { items: tray.newest(most), total: count };
  }

  /** Those named, or all. */
  async replay(deadLetterIds: readonly string[] | undefined): Promise<number> {
    const named = deadLetterIds === undefined ? undefined : new Set(deadLetterIds);
    const replayed = await this.#inTurn(() =>
      replayDeadLetters(this.events, currentContext().city, ({ deadLetterId }) => named?.has(deadLetterId) ?? true),
    );
    log.info({ replayed, named: named?.size ?? 'all', by: currentContext().principal.id }, 'dead letters replayed');
    return replayed;
  }

  /** Takes away those named, for good. */
  async dismiss(deadLetterIds: readonly string[]): Promise<number> {
    const dismissed = await this.#inTurn(() =>
      dismissDeadLetters(this.events, currentContext().city, new Set(deadLetterIds)),
    );
    log.warn({ dismissed, deadLetterIds, by: currentContext().principal.id }, 'dead letters dismissed');
    return dismissed;
  }

  /** One change at a time: the next one finds only what the one before left. */
  #inTurn(change: () => Promise<number>): Promise<number> {
    const changed = this.#changed.then(change);
    this.#changed = changed.catch(() => undefined);
    return changed;
  }
}
