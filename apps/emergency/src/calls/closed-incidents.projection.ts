import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { IncidentChanged } from '@siaga/contracts';
import { IncidentsAtHand } from '../dispatch/incidents-at-hand.ts';
import { CallsStore } from './calls.store.ts';

/** Calls of an incident are over with it, as emergencies: nobody at the desk closes each of them by hand. */
@Controller()
export class ClosedIncidentsProjection {
  constructor(
    private readonly calls: CallsStore,
    private readonly incidents: IncidentsAtHand,
  ) {}

  @On(IncidentChanged)
  async changed({ incidentId, status, callIds, closed }: IncidentChanged): Promise<void> {
    // heard late, it may be open again
    if (status !== 'closed' || closed === undefined || !(await this.incidents.isClosed(incidentId))) return;
    for (const callId of callIds) await this.calls.closeWithIncident(callId, closed.by);
  }
}
