import { Injectable } from '@nestjs/common';
import { belongsTo, emergencyAgencies, Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { UnitsStore } from '../units/units.store.ts';
import type { StoredUnit } from '../units/unit-now.ts';
import { notYourUnit, tieTo } from '../units/whose-units.ts';
import type { StoredPatrol } from './patrol-document.ts';
import type { Presser } from './patrol-rules.ts';
import { PatrolsStore } from './patrols.store.ts';

/** Who may press for a round: its squad, also when their duty is over by now, and the desk for it. */
@Injectable()
export class Squads {
  constructor(
    private readonly patrols: PatrolsStore,
    private readonly units: UnitsStore,
  ) {}

  /** The caller as one who presses for this round. Throws `not-found` where he does not see it, `forbidden` otherwise. */
  async presser(patrolId: string, atMs: number | undefined): Promise<Presser> {
    const patrol = await this.seen(patrolId);
    const { principal } = currentContext();
    const of = { by: principal.id, nowMs: Date.now(), atMs };
    if (patrol.squad.includes(principal.id)) return { ...of, tie: 'squad' };
    const unit = await this.units.find(patrol.unitId);
    const tie = unit === undefined ? undefined : tieTo(unit, principal);
    if (tie !== 'crew' && tie !== 'desk')
      throw new Fault('forbidden', `${patrol.unitName}: hanya untuk regunya dan meja kendali · only for its squad and the desk`); // prettier-ignore
    return { ...of, tie: tie === 'crew' ? 'squad' : 'desk' };
  }

  /** A unit, and the caller as one who begins a round with it. Throws as {@link presser} does. */
  async crewOf(unitId: string, atMs: number | undefined): Promise<{ unit: StoredUnit; presser: Presser }> {
    const { principal } = currentContext();
    const unit = await this.units.get(unitId);
    const tie = tieTo(unit, principal);
    if (tie !== 'crew' && tie !== 'desk') throw notYourUnit(unit);
    return { unit, presser: { by: principal.id, nowMs: Date.now(), atMs, tie: tie === 'crew' ? 'squad' : 'desk' } };
  }

  /** A round that the caller may see; unknown and not his look alike. */
  async seen(patrolId: string): Promise<StoredPatrol> {
    const patrol = await this.patrols.find(patrolId);
    if (patrol === undefined || !belongsTo(currentContext().principal, [...emergencyAgencies, patrol.agency]))
      throw new Fault('not-found', `patroli ${patrolId} tidak ada · ${patrolId} does not exist`);
    return patrol;
  }
}
