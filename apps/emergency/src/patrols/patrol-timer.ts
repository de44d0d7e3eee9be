import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { patrols } from './patrol-document.ts';
import { overdue } from './patrol-life.ts';
import { changeOf, PatrolsStore } from './patrols.store.ts';

/** What time does to rounds: one that nobody ended lapses, screens let it go, and its words and pictures are erased. */
@Injectable()
export class PatrolTimer {
  constructor(timers: Timers, store: PatrolsStore) {
    timers.onDue(patrols, async (patrol) => {
      const turn = overdue(patrol, Date.now());
      if (turn.photos !== undefined) await store.erasePhotos(patrol);
      return { change: changeOf(patrol, turn) };
    });
  }
}
