import { Injectable } from '@nestjs/common';
import { setOrUnset, Store, Timers } from '@siaga/store';
import { IncidentsAtHand } from '../dispatch/incidents-at-hand.ts';
import { calls, type StoredCall } from './call-document.ts';
import { changeOf, due, wakeAtMsOf } from './call-life.ts';

/** What time does to calls. */
@Injectable()
export class CallTimer {
  constructor(timers: Timers, store: Store, incidents: IncidentsAtHand) {
    timers.onDue(calls, async (call) => {
      const nowMs = Date.now();
      if (await isOpenAgain(call, incidents)) return { change: setOrUnset({ incidentClosedBy: undefined, wakeAtMs: wakeAtMsOf({ ...call, incidentClosedBy: undefined }) }) }; // prettier-ignore
      const turn = due(call, nowMs);
      if (turn === 'leaves') {
        await store.remove(calls, { _id: call._id, version: call.version });
        return undefined;
      }
      if (turn !== undefined) return changeOf(call, turn, { by: 'service', nowMs });
      return { change: { $set: { wakeAtMs: wakeAtMsOf(call) } } };
    });
  }
}

/** It was to be closed with its incident, and that was opened again meanwhile. */
const isOpenAgain = async (
  { incidentClosedBy, incidentId }: StoredCall,
  incidents: IncidentsAtHand,
): Promise<boolean> =>
  incidentClosedBy !== undefined && (incidentId === undefined || !(await incidents.isClosed(incidentId)));
