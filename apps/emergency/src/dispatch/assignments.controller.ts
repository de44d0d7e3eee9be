import { Controller } from '@nestjs/common';
import { CancelUnit, DispatchUnit, Fault, StepUnit, TellAlert, type InputOf } from '@siaga/contracts';
import { actorNow, numberOfPress, Route } from '@siaga/service';
import type { StoredIncident } from '../incidents/incident-document.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import { unitOf } from '../units/unit-document.ts';
import { UnitsStore } from '../units/units.store.ts';
import { alerted, calledBack, sent, stepped } from './assignment-rules.ts';
import { IncidentsAtHand } from './incidents-at-hand.ts';
import { tellerFor } from './tellers.ts';

type Sending = InputOf<typeof DispatchUnit>['body'];

/** A unit that has not answered. */
interface Silent {
  _id: string;
  assignmentId: string;
}

/** Units are sent, go their way, and are called back. */
@Controller()
export class AssignmentsController {
  constructor(
    private readonly units: UnitsStore,
    private readonly incidents: IncidentsAtHand,
  ) {}

  @Route(DispatchUnit)
  async send({ params, body }: InputOf<typeof DispatchUnit>) {
    const incident = await this.incidents.open(params.incidentId);
    const fits = (unit: StoredUnit) => this.incidents.takes(incident, unit);
    const sending = { ...body, incidentId: incident._id, assignmentId: numberOfPress('TGS'), fits };
    const actor = actorNow();
    const silent = await this.#silentOn(incident, body.insteadOf);
    const unit = await this.units.act(body.unitId, (now) => sent(now, sending, actor));
    if (silent !== undefined) await this.#relieve(silent, unit);
    return unitOf(unit);
  }

  @Route(CancelUnit)
  async cancel({ params, body }: InputOf<typeof CancelUnit>) {
    const actor = actorNow();
    return unitOf(await this.units.act(params.unitId, (unit) => calledBack(unit, body, actor)));
  }

  @Route(StepUnit)
  async step({ params, body }: InputOf<typeof StepUnit>) {
    return unitOf(await this.units.act(params.unitId, (unit) => stepped(unit, body, tellerFor(unit, body))));
  }

  @Route(TellAlert)
  async alert({ params, body }: InputOf<typeof TellAlert>) {
    const turned = await this.units.act(params.unitId, (unit) => {
      const teller = tellerFor(unit, {});
      // a page rings in each of its tabs; who telephones may do so twice
      const once = body.channel === 'app' ? { once: `app.${teller.by}.${body.outcome}` } : {};
      return alerted(unit, { ...body, ...once }, teller);
    });
    return unitOf(turned);
  }

  /** The unit that another goes instead of; undefined when it is to stay, or was called back meanwhile. `invalid` for one of another incident. */
  async #silentOn(incident: StoredIncident, insteadOf: Sending['insteadOf']): Promise<Silent | undefined> {
    if (insteadOf?.keep !== false) return undefined;
    const { assignmentId } = insteadOf;
    const unit = await this.units.withAssignment(assignmentId);
    if (unit?.assignment === undefined) return undefined;
    const its = await this.incidents.goingOn(unit.assignment.incidentId);
    if (its !== incident._id)
      throw new Fault(
        'invalid',
        `${assignmentId} bukan tugas ${incident._id} · that assignment is not of this incident`,
      );
    return { _id: unit._id, assignmentId };
  }

  /** The silent one stays at home, unless it has answered since: then both are under way, and the desk sees it. */
  async #relieve({ _id, assignmentId }: Silent, { name }: StoredUnit): Promise<void> {
    const reason = `tidak menjawab, diganti ${name} · no answer, ${name} goes instead`;
    const actor = actorNow();
    await this.units.act(_id, (unit) => {
      const isSilent = unit.assignment?.assignmentId === assignmentId && unit.assignment.status === 'dispatched';
      return isSilent ? calledBack(unit, { assignmentId, reason }, actor) : undefined;
    });
  }
}
