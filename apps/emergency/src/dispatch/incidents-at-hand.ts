import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { isOpen, type StoredIncident } from '../incidents/incident-document.ts';
import { IncidentsStore } from '../incidents/incidents.store.ts';

/** Incidents that units are sent to. */
@Injectable()
export class IncidentsAtHand {
  constructor(private readonly incidents: IncidentsStore) {}

  /** The open incident; of one that was merged, the one that goes on. Throws `not-found`, and `conflict` when it is over. */
  async open(incidentId: string): Promise<StoredIncident> {
    const found = await this.incidents.goingOn(incidentId);
    if (!isOpen(found)) throw over(found);
    return found;
  }
}

const over = ({ _id, closed }: StoredIncident) => {
  const by = closed === undefined ? '' : ` oleh: ${closed.by}, ${new Date(closed.atMs).toISOString()}`;
  return new Fault('conflict', `${_id} sudah ditutup${by}: buka lagi dulu · it is closed: reopen it first`);
};
