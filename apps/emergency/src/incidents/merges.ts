import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import type { Merging, StoredIncident } from './incident-document.ts';
import { IncidentsStore } from './incidents.store.ts';
import { held, inHoldingOrder, letGo, mergedInto, mustFit, settled, split } from './merge-rules.ts';

/**
 * Incidents that turn out to be one, and those that do not. That one is merged is said in itself only; what it goes into
 * gathers its parts from that, again after each change and whatever dies in between.
 */
@Injectable()
export class Merges {
  constructor(private readonly incidents: IncidentsStore) {}

  /** The merged one. Both are held meanwhile; of two who merge the same ones, either way round, one is faster. */
  async merge(incidentId: string, into: string): Promise<StoredIncident> {
    const { _id: intoId } = await this.incidents.goingOn(into);
    if (intoId === incidentId)
      throw new Fault(
        'conflict',
        `${into} adalah insiden ini atau sudah digabung ke sini: pilih yang lain · it is this one, or part of it: choose another`,
      );
    const holding = { token: randomUUID(), by: currentContext().principal.id };
    await this.#holdBoth(incidentId, intoId, holding);
    try {
      mustFit(await this.incidents.get(incidentId), await this.incidents.get(intoId));
      const merged = await this.incidents.turn(incidentId, (one, actor) =>
        mergedInto(one, { token: holding.token, otherId: intoId }, actor),
      );
      await this.settle(intoId);
      return merged;
    } finally {
      for (const id of [incidentId, intoId]) await this.#letGo(id, holding.token);
    }
  }

  /** The one that stands alone again. */
  async split(incidentId: string, reason: string): Promise<StoredIncident> {
    const alone = await this.incidents.turn(incidentId, (one) => split(one, { reason }));
    await this.follow(alone);
    return alone;
  }

  /** Whatever counts this one among its parts, or is to, is made so. */
  async follow({ _id, mergedInto: into }: { _id: string; mergedInto?: string | undefined }): Promise<void> {
    const holding = await this.incidents.holding(_id);
    // first what it is part of, from there on up
    if (into !== undefined) await this.settle(into);
    for (const id of holding) if (id !== into) await this.settle(id);
  }

  /** Gathers what an incident has by its parts, and then what it is itself part of. */
  async settle(incidentId: string): Promise<void> {
    const read = () => this.incidents.parts(incidentId);
    const now = await this.incidents.turnBy(incidentId, { read, rule: settled, by: 'service' });
    if (now?.mergedInto !== undefined) await this.settle(now.mergedInto);
  }

  async #holdBoth(one: string, other: string, { token, by }: Pick<Merging, 'token' | 'by'>): Promise<void> {
    const [first, second] = inHoldingOrder(one, other);
    const hold = (id: string, otherId: string) =>
      this.incidents.turn(id, (incident, { nowMs }) => held(incident, { token, by, otherId, atMs: nowMs }));
    await hold(first, second);
    try {
      await hold(second, first);
    } catch (error) {
      await this.#letGo(first, token);
      throw error;
    }
  }

  async #letGo(incidentId: string, token: string): Promise<void> {
    await this.incidents.turn(incidentId, (incident) => letGo(incident, token));
  }
}
