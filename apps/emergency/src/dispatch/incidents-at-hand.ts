import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { Fault, IncidentChanged } from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';

/** A chain of merges is never longer. */
const MOST_MERGES = 20;

/** Incidents that units are sent to, as the log has them. */
@Injectable()
export class IncidentsAtHand implements OnModuleInit {
  readonly #tables: PerCity<Table<IncidentChanged>>;

  constructor(bus: EventBus, { cities }: RouteSettings) {
    this.#tables = new PerCity(cities, (city) => bus.table(IncidentChanged, city));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#tables.values()].map(({ ready }) => ready));
  }

  /** The open incident; of one that was merged, the one that goes on. Throws `not-found`, and `conflict` when it is over. */
  open(incidentId: string): IncidentChanged {
    let found = this.#tables.here.get(incidentId);
    for (let step = 0; found?.mergedInto !== undefined && step < MOST_MERGES; step += 1)
      found = this.#tables.here.get(found.mergedInto);
    if (found === undefined)
      throw new Fault('not-found', `insiden ${incidentId} tidak ada · ${incidentId} does not exist`);
    if (found.status === 'closed') throw over(found);
    return found;
  }
}

const over = ({ incidentId, closed }: IncidentChanged) => {
  const by = closed === undefined ? '' : ` oleh: ${closed.by}, ${new Date(closed.atMs).toISOString()}`;
  return new Fault('conflict', `${incidentId} sudah ditutup${by}: buka lagi dulu · it is closed: reopen it first`);
};
