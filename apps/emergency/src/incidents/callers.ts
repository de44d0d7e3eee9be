import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import type { StoredCall } from '../calls/call-document.ts';
import { IncidentCalls } from './incident-calls.ts';
import type { StoredIncident } from './incident-document.ts';
import { joined, mustTake, toldLater } from './caller-rules.ts';
import type { CallOfIncident } from './incident-times.ts';
import { IncidentsStore } from './incidents.store.ts';
import { Merges } from './merges.ts';

/** Callers and what they call about. */
@Injectable()
export class Callers {
  constructor(
    private readonly calls: IncidentCalls,
    private readonly incidents: IncidentsStore,
    private readonly merges: Merges,
  ) {}

  /** The incident of a call: the one it belongs to by now, or a new one. Two who open it at the same moment open one. */
  async open(callId: string): Promise<StoredIncident> {
    const call = await this.calls.get(callId);
    const { _id } = await this.follow(await this.calls.give(call, incidentIdOf(callId)));
    return this.incidents.goingOn(_id);
  }

  /** One more caller about one that is known. */
  async join(incidentId: string, callId: string): Promise<StoredIncident> {
    const { _id } = await this.incidents.goingOn(incidentId);
    const call = await this.calls.get(callId);
    if (call.incidentId === undefined) mustTake(await this.incidents.get(_id), call, Date.now());
    const home = await this.follow(await this.calls.give(call, _id));
    const now = await this.incidents.goingOn(home._id);
    if (now._id !== _id && home._id !== _id) throw elsewhere(call._id, now._id);
    return now;
  }

  /** What follows from whose a call is, by whoever comes to it first: the route that gave it, or its event. */
  async follow(call: StoredCall): Promise<StoredIncident> {
    const { incidentId = '', answeredAtMs, kind, place, victims, words } = call;
    const told = { kind, place, victims, words };
    const of: CallOfIncident = {
      callId: call._id,
      incidentId,
      ...(answeredAtMs === undefined ? {} : { answeredAtMs }),
    };
    if (incidentId === incidentIdOf(call._id) && (await this.incidents.find(incidentId)) === undefined)
      return this.#made(call, of);
    const incident = await this.incidents.turn(incidentId, (one, { nowMs }) => joined(one, of, told, nowMs), 'service');
    if (incident.mergedInto !== undefined) {
      await this.merges.settle(incident.mergedInto);
      const { _id: home } = await this.incidents.goingOn(incidentId);
      const by = { callId: call._id };
      await this.incidents.turn(home, (one, { nowMs }) => toldLater(one, told, { ...by, nowMs }), 'service');
    }
    return incident;
  }

  #made(call: StoredCall, of: CallOfIncident): Promise<StoredIncident> {
    const { kind, place, victims, words, exercise, claim } = call;
    const { principal } = currentContext();
    // where the one who opened it was cut off, its event opens it: who has the call did
    const by = principal.kind === 'service' ? (claim?.by ?? principal.id) : principal.id;
    const opening = { call: of, kind, place, victims, words, exercise };
    return this.incidents.create(of.incidentId, opening, { by, nowMs: Date.now() });
  }
}

/** The incident that a call opens has its number: whoever opens it, and however often, it is the same. */
const incidentIdOf = (callId: string) => callId.replace(/^TLP/, 'INS');

const elsewhere = (callId: string, incidentId: string) =>
  new Fault(
    'conflict',
    `panggilan ${callId} sudah termasuk ${incidentId}: gabungkan insidennya bila sama · the call belongs to that incident: merge the two if they are one`,
  );
