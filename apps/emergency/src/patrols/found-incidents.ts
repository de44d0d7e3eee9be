import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import type { StoredIncident } from '../incidents/incident-document.ts';
import { IncidentsStore } from '../incidents/incidents.store.ts';
import type { StoredPatrol } from './patrol-document.ts';
import { placeOfFinding, pressedAtMs, type Presser, type reported } from './patrol-rules.ts';

interface Found {
  finding: Parameters<typeof reported>[1];
  presser: Presser;
}

/** Incidents that squads find. */
@Injectable()
export class FoundIncidents {
  constructor(private readonly incidents: IncidentsStore) {}

  /**
   * The incident of a finding has its number, so that it is opened once however often it is told. It is opened before the round
   * says that it was: whoever is cut off in between tells it again.
   */
  async incident(patrol: StoredPatrol, { finding, presser }: Found): Promise<string> {
    const incidentId = finding.findingId.replace(/^TMN/, 'INS');
    const { kind, words } = finding;
    const isThere = presser.tie === 'squad';
    const place = placeOfFinding(patrol, isThere ? finding : { placeId: finding.placeId });
    const { exercise } = patrol;
    // it is received now, and reckoned from now: nobody at the desk knew of it before
    const found = { patrolId: patrol._id, seenAtMs: pressedAtMs(presser) };
    const opening = { kind, place, words, exercise, found };
    const known = (await this.incidents.find(incidentId)) ?? (await this.#opened(incidentId, { opening, presser }));
    if (known.patrolId !== patrol._id)
      throw new Fault(
        'conflict',
        'findingId: sudah dipakai, kirim dengan nomor baru · it is taken, send it with a new one',
      );
    return incidentId;
  }

  async #opened(
    incidentId: string,
    { opening, presser }: { opening: Parameters<IncidentsStore['create']>[1]; presser: Presser },
  ): Promise<StoredIncident> {
    try {
      return await this.incidents.create(incidentId, opening, { by: presser.by, nowMs: Date.now() });
    } catch (error) {
      // another phone sent the same at the same moment
      const made = error instanceof Fault ? await this.incidents.find(incidentId) : undefined;
      if (made === undefined) throw error;
      return made;
    }
  }
}
