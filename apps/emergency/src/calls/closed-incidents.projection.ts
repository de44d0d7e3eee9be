import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { IncidentChanged } from '@siaga/contracts';
import { CallsStore } from './calls.store.ts';

/** Calls of an incident are over with it, as emergencies: nobody at the desk closes each of them by hand. */
@Controller()
export class ClosedIncidentsProjection {
  constructor(private readonly calls: CallsStore) {}

  @On(IncidentChanged)
  async changed({ status, callIds, closed }: IncidentChanged): Promise<void> {
    if (status !== 'closed' || closed === undefined) return;
    for (const callId of callIds) await this.calls.closeWithIncident(callId, closed.by);
  }
}
