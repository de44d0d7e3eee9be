import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { AssignmentChanged, CallChanged, IncidentChanged } from '@siaga/contracts';
import { Callers } from './callers.ts';
import { IncidentCalls } from './incident-calls.ts';
import { worked } from './incident-rules.ts';
import { IncidentsStore } from './incidents.store.ts';
import { Merges } from './merges.ts';

/** Incidents follow their calls, their units and what was merged into them; a repeat changes nothing. */
@Controller()
export class FollowedProjection {
  constructor(
    private readonly callers: Callers,
    private readonly calls: IncidentCalls,
    private readonly incidents: IncidentsStore,
    private readonly merges: Merges,
  ) {}

  @On(CallChanged)
  async called({ callId, incidentId }: CallChanged): Promise<void> {
    if (incidentId === undefined) return;
    // as it is now, not as it was: events may be heard late
    const call = await this.calls.find(callId);
    if (call?.incidentId === undefined) return;
    if (incidentId.slice(3) !== callId.slice(3) && (await this.incidents.find(incidentId)) === undefined) return;
    await this.callers.follow(call);
  }

  @On(AssignmentChanged)
  async assigned(assignment: AssignmentChanged): Promise<void> {
    const { incidentId } = assignment;
    if ((await this.incidents.find(incidentId)) === undefined) return;
    const { mergedInto } = await this.incidents.turn(incidentId, (incident) => worked(incident, assignment));
    if (mergedInto !== undefined) await this.merges.settle(mergedInto);
  }

  @On(IncidentChanged)
  changed({ incidentId, mergedInto }: IncidentChanged): Promise<void> {
    return this.merges.follow({ _id: incidentId, mergedInto });
  }
}
