import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { AssignmentChanged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { received } from './bed-rules.ts';
import { HospitalsStore } from './hospitals.store.ts';

/** A crew that says it is at the hospital, or has handed over, says it once: the bed it was promised is taken by it. */
@Controller()
export class ArrivalsProjection {
  constructor(private readonly hospitals: HospitalsStore) {}

  @On(AssignmentChanged)
  async changed({ assignmentId, atMs }: AssignmentChanged): Promise<void> {
    if (atMs['at-hospital'] === undefined && atMs['handed-over'] === undefined) return;
    for (const { _id, requests } of await this.hospitals.awaiting(assignmentId))
      for (const { requestId } of requests.filter((one) => one.assignmentId === assignmentId)) {
        await this.#received(_id, { requestId, status: 'arrived', atMs: atMs['at-hospital'] });
        await this.#received(_id, { requestId, status: 'handed-over', atMs: atMs['handed-over'] });
      }
  }

  async #received(
    hospitalId: string,
    { requestId, status, atMs }: { requestId: string; status: 'arrived' | 'handed-over'; atMs: number | undefined },
  ): Promise<void> {
    if (atMs === undefined) return;
    const actor = { by: currentContext().principal.id, nowMs: Date.now() };
    await this.hospitals.act(hospitalId, (hospital) => {
      const isThere = hospital.requests.some((one) => one.requestId === requestId && one.status !== 'cancelled');
      return isThere ? received(hospital, { requestId, status, atMs }, actor) : undefined;
    });
  }
}
