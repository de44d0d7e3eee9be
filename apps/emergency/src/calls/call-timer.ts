import { Injectable } from '@nestjs/common';
import { Store, Timers } from '@siaga/store';
import { calls } from './call-document.ts';
import { changeOf, due, wakeAtMsOf } from './call-life.ts';

/** What time does to calls. */
@Injectable()
export class CallTimer {
  constructor(timers: Timers, store: Store) {
    timers.onDue(calls, async (call) => {
      const nowMs = Date.now();
      const turn = due(call, nowMs);
      if (turn === 'leaves') {
        await store.remove(calls, { _id: call._id, version: call.version });
        return undefined;
      }
      if (turn !== undefined) return changeOf(call, turn, { by: 'service', nowMs });
      const wakeAtMs = wakeAtMsOf(call);
      return wakeAtMs === undefined ? undefined : { change: { $set: { wakeAtMs } } };
    });
  }
}
