import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { Timers } from '@siaga/store';
import { unanswered } from '../dispatch/assignment-rules.ts';
import { units } from './unit-document.ts';
import { overdue } from './unit-rules.ts';
import { changeOf } from './units.store.ts';

/** What time does to units: a duty that nobody ends is over, and silence of a crew is shown. Nothing is sent by it. */
@Injectable()
export class UnitTimer {
  constructor(timers: Timers) {
    timers.onDue(units, (unit) => {
      const nowMs = Date.now();
      const gone = overdue(unit, nowMs);
      const turn =
        gone === undefined ? unanswered(unit, { by: currentContext().principal.id, nowMs }) : { fields: gone };
      return changeOf(unit, turn ?? { fields: {} });
    });
  }
}
