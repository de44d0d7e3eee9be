import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { defineCollection, Store, Timers } from '@siaga/store';
import { Conclusions } from './conclusions.ts';
import { Silences } from './silences.ts';

/** The one watch of a city: its `wakeAtMs` is when it looks for lamps and panels that should have been heard of. */
export const streetWatches = defineCollection<{ lookedAtMs?: number | undefined; concludedAtMs?: number | undefined }>({
  name: 'street_watch',
  fields: { lookedAtMs: Number, concludedAtMs: Number },
});

const WATCH = 'watch';
/** A look that finds nothing is two questions to an index. */
const LOOK_EVERY_MS = 2000;
/** A whole city in the dark is some thousand documents. */
const CONCLUDE_EVERY_MS = 20_000;

/** Looks at whatever was not heard of in time, on one process of the service: by an index, and not lamp by lamp. */
@Injectable()
export class DueWatch implements OnModuleInit {
  @Inject(Conclusions) private readonly conclusions!: Conclusions;

  constructor(
    private readonly store: Store,
    private readonly settings: RouteSettings,
    timers: Timers,
    silences: Silences,
  ) {
    timers.onDue(streetWatches, async ({ concludedAtMs = 0 }) => {
      const lookedAtMs = Date.now();
      await silences.look(lookedAtMs);
      const isDue = lookedAtMs >= concludedAtMs + CONCLUDE_EVERY_MS;
      if (isDue) await this.conclusions.everything(lookedAtMs);
      const looked = { lookedAtMs, ...(isDue && { concludedAtMs: lookedAtMs }) };
      return { change: { $set: { ...looked, wakeAtMs: lookedAtMs + LOOK_EVERY_MS } } };
    });
  }

  async onModuleInit(): Promise<void> {
    const first = () => ({ _id: WATCH, wakeAtMs: Date.now() });
    // from the second start on it is there already
    for (const city of this.settings.cities)
      await withContext(serviceContext(city), () => this.store.createIfFree(streetWatches, first()));
  }
}
