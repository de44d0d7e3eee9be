import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { defineCollection, Store, Timers } from '@siaga/store';
import { Silences } from './silences.ts';

/** The one watch of a city: its `wakeAtMs` is when it looks for lamps and panels that should have been heard of. */
export const streetWatches = defineCollection<{ lookedAtMs?: number | undefined }>({
  name: 'street_watch',
  fields: { lookedAtMs: Number },
});

const WATCH = 'watch';
/** A look that finds nothing is two questions to an index. */
const LOOK_EVERY_MS = 2000;

/** Looks at whatever was not heard of in time, on one process of the service: by an index, and not lamp by lamp. */
@Injectable()
export class DueWatch implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly settings: RouteSettings,
    timers: Timers,
    silences: Silences,
  ) {
    timers.onDue(streetWatches, async () => {
      const lookedAtMs = Date.now();
      await silences.look(lookedAtMs);
      return { change: { $set: { lookedAtMs, wakeAtMs: lookedAtMs + LOOK_EVERY_MS } } };
    });
  }

  async onModuleInit(): Promise<void> {
    const first = () => ({ _id: WATCH, wakeAtMs: Date.now() });
    // from the second start on it is there already
    for (const city of this.settings.cities)
      await withContext(serviceContext(city), () => this.store.createIfFree(streetWatches, first()));
  }
}
