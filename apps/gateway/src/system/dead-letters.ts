import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DeadLetterTray, EVENT_LOG, replayDeadLetters, ServiceReports, type EventLog } from '@siaga/bus';
import { Fault, type DeadLetterSummary } from '@siaga/contracts';
import { createLogger, metrics, RouteSettings } from '@siaga/service';
import { Gauge } from 'prom-client';

const log = createLogger('dead-letters');

const waiting = new Gauge({
  name: 'siaga_dead_letters',
  help: 'Events that no handler could take and that were not replayed',
  labelNames: ['city'],
  registers: [metrics],
});

/** The city's dead letters: how many, which, and once more to whoever gave them up. */
@Injectable()
export class DeadLetters implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #city: string;
  readonly #tray: DeadLetterTray;
  #replay: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(EVENT_LOG) private readonly events: EventLog,
    private readonly reports: ServiceReports,
    settings: RouteSettings,
  ) {
    this.#city = settings.city;
    this.#tray = new DeadLetterTray(events, settings.city);
  }

  onApplicationBootstrap(): void {
    this.#tray.open();
    this.reports.add((city) => {
      const { count } = this.#tray;
      if (city !== this.#city || count === undefined) return {};
      waiting.set({ city }, count);
      return { deadLetters: count };
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#tray.close();
  }

  /** The newest, newest first, and how many there are. */
  list(most: number): { items: DeadLetterSummary[]; total: number } {
    const { count } = this.#tray;
    if (count === undefined) throw new Fault('unavailable', 'the dead letters are being read; try again shortly');
    return { items: this.#tray.newest(most), total: count };
  }

  /** Those named, or all. One replay at a time: the next one finds only what the one before left. */
  async replay(deadLetterIds: readonly string[] | undefined): Promise<number> {
    const named = deadLetterIds === undefined ? undefined : new Set(deadLetterIds);
    const after = this.#replay;
    const replay = after.then(() =>
      replayDeadLetters(this.events, this.#city, ({ deadLetterId }) => named?.has(deadLetterId) ?? true),
    );
    this.#replay = replay.catch(() => undefined);
    const replayed = await replay;
    log.info({ replayed, named: named?.size ?? 'all' }, 'dead letters replayed');
    return replayed;
  }
}
