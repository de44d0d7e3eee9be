import { Injectable } from '@nestjs/common';
import { Store, Timers } from '@siaga/store';
import { alarms } from './alarm-document.ts';
import { due, isToLeave } from './alarm-steps.ts';
import { changeOf } from './alarms.store.ts';

/** What time does to alarms: escalates what nobody answers, brings back what was put aside, lets go what is over for long. */
@Injectable()
export class AlarmTimer {
  constructor(store: Store, timers: Timers) {
    timers.onDue(alarms, async (alarm) => {
      const nowMs = Date.now();
      if (isToLeave(alarm, nowMs)) {
        await store.remove(alarms, { _id: alarm._id, version: alarm.version });
        return undefined;
      }
      const turn = due(alarm, nowMs);
      return turn === undefined ? undefined : changeOf(alarm._id, turn);
    });
  }
}
