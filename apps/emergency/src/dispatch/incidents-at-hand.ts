import { Injectable } from '@nestjs/common';
import { isOpenIncident, Fault } from '@siaga/contracts';
import type { StoredIncident } from '../incidents/incident-document.ts';
import { IncidentsStore } from '../incidents/incidents.store.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import { CityStage } from './drill.ts';

/** Incidents that units are sent to. */
@Injectable()
export class IncidentsAtHand {
  constructor(
    private readonly incidents: IncidentsStore,
    private readonly stage: CityStage,
  ) {}

  /** The open incident; of one that was merged, the one that goes on. Throws `not-found`, and `conflict` when it is over. */
  async open(incidentId: string): Promise<StoredIncident> {
    const found = await this.incidents.goingOn(incidentId);
    if (!isOpenIncident(found)) throw over(found);
    return found;
  }

  /** Whether it is closed now, whatever was heard of it; of one that was merged, the one that goes on. One that is gone is not. */
  async isClosed(incidentId: string): Promise<boolean> {
    if ((await this.incidents.find(incidentId)) === undefined) return false;
    return (await this.incidents.goingOn(incidentId)).status === 'closed';
  }

  /** The incident that this one goes on in, however it was merged; itself where it was not. */
  async goingOn(incidentId: string): Promise<string> {
    return (await this.incidents.goingOn(incidentId))._id;
  }

  /** May this unit be sent to it: both simulated, both real, or a city that tries things out? */
  takes(incident: StoredIncident, unit: StoredUnit): boolean {
    return this.stage.fits(unit, incident);
  }
}

const over = ({ _id, closed }: StoredIncident) =>
  new Fault(
    'conflict',
    `${_id} sudah ditutup: buka lagi dulu · it is closed: reopen it first`,
    closed === undefined ? {} : { deed: { by: closed.by, atMs: closed.atMs } },
  );
