import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RouteSettings, serviceContext, withContext } from '@siaga/service';
import { defineCollection, Store, Timers } from '@siaga/store';
import { Desk } from './desk.ts';

/** The one desk of a city: its `wakeAtMs` is when it looks at all that holds. */
export const desks = defineCollection<{ lookedAtMs?: number | undefined }>({
  name: 'alarms_desk',
  fields: { lookedAtMs: Number },
});

const DESK = 'desk';

/** Wakes the {@link Desk}: on one process of the service at a time, as soon as there is something to look at. */
@Injectable()
export class DeskTimer implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly settings: RouteSettings,
    timers: Timers,
    desk: Desk,
  ) {
    timers.onDue(desks, async () => {
      const nowMs = Date.now();
      const lookAgainAtMs = await desk.look(nowMs);
      const wake = lookAgainAtMs === undefined ? {} : { wakeAtMs: lookAgainAtMs };
      return { change: { $set: { lookedAtMs: nowMs, ...wake } } };
    });
  }

  async onModuleInit(): Promise<void> {
    const first = () => ({ _id: DESK, wakeAtMs: Date.now() });
    // from the second start on it is there already
    for (const city of this.settings.cities)
      await withContext(serviceContext(city), () => this.store.createIfFree(desks, first()));
  }

  /** Has the desk look within a second. A look under way is made again: the change of its version tells it. */
  async wake(): Promise<void> {
    await this.store.change(desks, { where: { _id: DESK }, change: { $min: { wakeAtMs: Date.now() } } });
  }
}
