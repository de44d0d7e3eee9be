import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { createLogger, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { AuditRecords } from './records.store.ts';

const HOUR_MS = 3_600_000;

/**
 * Says the head of each city's chain in the log every hour. Who owns the database can make a whole other chain that holds together:
 * only a head that was noted outside shows it.
 */
@Injectable()
export class HeadNote implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = createLogger('audit');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly records: AuditRecords,
    private readonly settings: RouteSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#noteAll(), HOUR_MS);
    void this.#noteAll();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #noteAll(): Promise<void> {
    for (const city of this.settings.cities) await withContext(serviceContext(city), () => this.#note());
  }

  async #note(): Promise<void> {
    try {
      const { seq, hash } = await this.records.head();
      this.#log.info({ seq, hash }, 'head of the audit trail');
    } catch (error) {
      this.#log.warn({ err: error }, 'the head of the audit trail could not be read');
    }
  }
}
