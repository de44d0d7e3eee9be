import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { footage } from './footage-document.ts';
import { stills } from './still-document.ts';
import { StillsStore } from './stills.store.ts';

/** What time does to what was kept: pictures are erased, what broke off is settled, who asked for recordings is forgotten. */
@Injectable()
export class EraseTimer {
  constructor(timers: Timers, kept: StillsStore) {
    timers.onDue(stills, async (still) => {
      await (still.keeping === true ? kept.settle(still) : kept.erase(still));
      return undefined;
    });
    timers.onDue(footage, () => ({ change: { $unset: { requester: 1 } } }));
  }
}
