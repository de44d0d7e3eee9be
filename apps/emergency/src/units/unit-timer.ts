import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { Timers } from '@siaga/store';
import { tooLate, unanswered } from '../dispatch/assignment-rules.ts';
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
      const actor = { by: currentContext().principal.id, nowMs };
      const turn = gone === undefined ? (unanswered(unit, actor) ?? tooLate(unit, actor)) : { fields: gone };
      return changeOf(unit, turn ?? { fields: {} });
    });
  }
}
