import { Controller } from '@nestjs/common';
import { Fault, openAssignment, RingCaller, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { IncidentCalls } from '../incidents/incident-calls.ts';
import { UnitsStore } from '../units/units.store.ts';
import { ringing } from './assignment-rules.ts';
import { IncidentsAtHand } from './incidents-at-hand.ts';
import { tellerFor } from './tellers.ts';

/** As many as one would ring. */
const MOST = 20;

/** *Hubungi pelapor*: who is sent somewhere asks who called, and nobody else. */
@Controller()
export class CallersController {
  constructor(
    private readonly units: UnitsStore,
    private readonly incidents: IncidentsAtHand,
    private readonly calls: IncidentCalls,
  ) {}

  @Route(RingCaller)
  async ring({ params, body }: InputOf<typeof RingCaller>): Promise<AnswerOf<typeof RingCaller>> {
    const unit = await this.units.get(params.unitId);
    // of another job, over, or nobody of its crew: refused before anything is read
    ringing(unit, body, tellerFor(unit, {}));
    const items = await this.#left(openAssignment(unit)?.incidentId);
    if (items.length === 0)
      throw new Fault('not-found', 'pelapor tidak meninggalkan nomor: tanyakan ke meja · no caller left a number: ask the desk'); // prettier-ignore
    // written down before anybody is told; who asks again for want of an answer has asked once
    await this.units.actOnce(params.unitId, (one) => ringing(one, body, tellerFor(one, {})));
    return { items };
  }

  /** Who left a number, last caller first. */
  async #left(incidentId: string | undefined) {
    if (incidentId === undefined) return [];
    const incident = await this.incidents.open(incidentId);
    const calls = await this.calls.some(incident.calls.map(({ callId }) => callId));
    return calls
      .toSorted((one, other) => other.startedAtMs - one.startedAtMs)
      .flatMap(({ number, callerName: name, startedAtMs }) =>
        number === undefined ? [] : [{ number, calledAtMs: startedAtMs, ...(name !== undefined && { name }) }],
      )
      .slice(0, MOST);
  }
}
