import { Injectable } from '@nestjs/common';
import type { AssignmentChanged } from '@siaga/contracts';
import { IncidentsStore } from '../incidents/incidents.store.ts';
import type { Assignment, StoredUnit } from '../units/unit-now.ts';
import { UnitsStore } from '../units/units.store.ts';

/** A crew that was sent and has not answered. */
export interface DispatchedCrew {
  readonly unit: StoredUnit;
  readonly assignment: Assignment;
  /** It is a drill: said with whatever it is told. */
  readonly exercise: boolean;
}

/** Crews that are to be told, as they are now, not as they were: events may be heard late. */
@Injectable()
export class DispatchedCrews {
  constructor(
    private readonly units: UnitsStore,
    private readonly incidents: IncidentsStore,
  ) {}

  /** Undefined: nobody is to be told, or not any more. A simulated crew is never told of what is real. */
  async of({ assignmentId, incidentId }: AssignmentChanged): Promise<DispatchedCrew | undefined> {
    const unit = await this.units.withAssignment(assignmentId);
    const incident = await this.incidents.find(incidentId);
    if (unit?.assignment?.status !== 'dispatched' || incident === undefined) return undefined;
    if (unit.exercise && !incident.exercise) return undefined;
    return { unit, assignment: unit.assignment, exercise: incident.exercise };
  }
}
