import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ConditionChanged, ServiceReported } from '@siaga/contracts';
import { createLogger, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { isSilence, silences, type Heard } from './silences.ts';

const log = createLogger('service-watch');

/** As often as processes report. */
const EVERY_MS = 5000;

/**
 * Says of our own processes what any domain says of its things: one that falls silent is a trouble of the room. Two desks
 * that say the same say it once, because its key and what it says are the same.
 */
@Injectable()
export class ServiceWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly settings: RouteSettings,
  ) {}

  onApplicationBootstrap(): void {
    for (const city of this.settings.cities) this.tables(city); // they follow from now on
    this.#timer = setInterval(() => {
      for (const city of this.settings.cities)
        this.look(city).catch((error: unknown) => {
          log.debug({ err: error, city }, 'the log is away: the next look says more');
        });
    }, EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  private async look(city: string): Promise<void> {
    const { reports, conditions } = this.tables(city);
    const heard: Heard[] = [...reports.values()].flatMap((report) => {
      const entry = reports.entry(ServiceReported.key(report));
      return entry === undefined ? [] : [{ report, timeMs: entry.timeMs }];
    });
    const own = heard.filter(({ report }) => report.service === 'alarms').map(({ timeMs }) => timeMs);
    const said = new Map([...conditions.values()].filter(isSilence).map((condition) => [ConditionChanged.key(condition), condition])); // prettier-ignore
    const news = silences(heard, said, { nowMs: Date.now(), ownTimeMs: Math.max(0, ...own) });
    await withContext(serviceContext(city), () => this.bus.publishAll(ConditionChanged, news));
  }

  private tables(city: string) {
    return { reports: this.bus.table(ServiceReported, city), conditions: this.bus.table(ConditionChanged, city) };
  }
}
