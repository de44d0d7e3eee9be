import { Controller } from '@nestjs/common';
import { CancelUnit, DispatchUnit, StepUnit, TellAlert, type InputOf } from '@siaga/contracts';
import { actorNow, numberOfPress, Route } from '@siaga/service';
import type { StoredUnit } from '../units/unit-now.ts';
import { unitOf } from '../units/unit-document.ts';
import { UnitsStore } from '../units/units.store.ts';
import { alerted, calledBack, sent, stepped } from './assignment-rules.ts';
import { IncidentsAtHand } from './incidents-at-hand.ts';
import { tellerFor } from './tellers.ts';

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
    const unit = await this.units.act(body.unitId, (now) => sent(now, sending, actor));
    if (body.insteadOf?.keep === false) await this.#relieve(body.insteadOf.assignmentId, unit);
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

  /** The silent one stays at home, unless it has answered since: then both are under way, and the desk sees it. */
  async #relieve(assignmentId: string, { name }: StoredUnit): Promise<void> {
    const silent = await this.units.withAssignment(assignmentId);
    if (silent === undefined) return;
    const reason = `tidak menjawab, diganti ${name} · no answer, ${name} goes instead`;
    const actor = actorNow();
    await this.units.act(silent._id, (unit) => {
      const isSilent = unit.assignment?.assignmentId === assignmentId && unit.assignment.status === 'dispatched';
      return isSilent ? calledBack(unit, { assignmentId, reason }, actor) : undefined;
    });
  }
}
