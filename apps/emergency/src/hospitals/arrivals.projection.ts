import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { AssignmentChanged, IncidentChanged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { IncidentsAtHand } from '../dispatch/incidents-at-hand.ts';
import { givenUp, leftBy, received, type Actor, type Receiving } from './bed-rules.ts';
import { destinationOf } from './destination.ts';
import { HospitalsStore } from './hospitals.store.ts';

/** Ends of an assignment whose unit brings nobody. */
const bringsNobody: ReadonlySet<AssignmentChanged['status']> = new Set(['diverted', 'cancelled', 'declined']);

/** Hospitals follow the units that bring patients, and the incidents these are of; a repeat changes nothing. */
@Controller()
export class ArrivalsProjection {
  constructor(
    private readonly hospitals: HospitalsStore,
    private readonly incidents: IncidentsAtHand,
  ) {}

  /** A crew that says it is at the hospital, or has handed over, says it once: the bed it was promised is taken by it. */
  @On(AssignmentChanged)
  async changed(assignment: AssignmentChanged): Promise<void> {
    const { assignmentId, status, atMs } = assignment;
    const isThere = atMs['at-hospital'] !== undefined || atMs['handed-over'] !== undefined;
    if (isThere) await this.#arrived(assignment);
    else if (bringsNobody.has(status))
      for (const { _id } of await this.hospitals.awaiting(assignment))
        await this.hospitals.act(_id, (hospital) => leftBy(hospital, assignmentId));
  }

  /** Of an incident that is closed nobody comes any more. */
  @On(IncidentChanged)
  async ended({ incidentId, merged, status, assignments }: IncidentChanged): Promise<void> {
    // heard late, it may be open again
    if (status !== 'closed' || !(await this.incidents.isClosed(incidentId))) return;
    const incidentIds = new Set([incidentId, ...merged]);
    const there = assignments.filter(({ atMs }) => (atMs['at-hospital'] ?? atMs['handed-over']) !== undefined);
    const over = { incidentIds, arrived: new Set(there.map(({ assignmentId }) => assignmentId)) };
    for (const { _id } of await this.hospitals.asked([...incidentIds]))
      await this.hospitals.act(_id, (hospital) => givenUp(hospital, over, actor()));
  }

  async #arrived(assignment: AssignmentChanged): Promise<void> {
    const { assignmentId, atMs } = assignment;
    const destination = destinationOf(await this.hospitals.awaiting(assignment), assignment);
    for (const requestId of destination?.requestIds ?? [])
      for (const [status, at] of [['arrived', atMs['at-hospital']] as const, ['handed-over', atMs['handed-over']] as const])
        if (at !== undefined) await this.#received(destination?.hospitalId ?? '', { requestId, assignmentId, status, atMs: at }); // prettier-ignore
  }

  async #received(hospitalId: string, receiving: Receiving): Promise<void> {
    await this.hospitals.act(hospitalId, (hospital) => {
      const { requestId } = receiving;
      const isThere = hospital.requests.some((one) => one.requestId === requestId && one.status !== 'cancelled');
      return isThere ? received(hospital, receiving, actor()) : undefined;
    });
  }
}

const actor = (): Actor => ({ by: currentContext().principal.id, nowMs: Date.now() });
