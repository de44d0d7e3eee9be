import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { defineCollection, Store, Timers } from '@siaga/store';
import { Retention } from './retention.ts';

const DAY_MS = 86_400_000;

/** What was sealed meanwhile can go. */
const SOON_MS = 60_000;

/** The one timer of the city's retention. */
export const retentionTimer = defineCollection<{ ranAtMs?: number | undefined }>({
  name: 'identity_retention',
  fields: { ranAtMs: Number },
});

/** Runs {@link Retention} every day, on one of the service's processes. */
@Injectable()
export class DailyRun implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly settings: RouteSettings,
    timers: Timers,
    retention: Retention,
  ) {
    timers.onDue(retentionTimer, async () => {
      const nowMs = Date.now();
      const outcome = await retention.run(nowMs);
      return { change: { $set: { ranAtMs: nowMs, wakeAtMs: nowMs + (outcome === 'more' ? SOON_MS : DAY_MS) } } };
    });
  }

  async onModuleInit(): Promise<void> {
    const first = () => ({ _id: 'daily', wakeAtMs: Date.now() + SOON_MS });
    // from the second start on it runs already
    for (const city of this.settings.cities)
      await withContext(serviceContext(city), () => this.store.createIfFree(retentionTimer, first()));
  }
}
