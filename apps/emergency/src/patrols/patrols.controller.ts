import { Controller } from '@nestjs/common';
import {
  CheckIn,
  EndPatrol,
  Fault,
  patrolIdOf,
  ReportFinding,
  StartPatrol,
  type InputOf,
  type Patrol,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { FoundIncidents } from './found-incidents.ts';
import { patrolOf } from './patrol-document.ts';
import { PatrolPlans } from './patrol-plans.ts';
import { begun, checkedIn, ended, reported } from './patrol-rules.ts';
import { PatrolsStore } from './patrols.store.ts';
import { Squads } from './squads.ts';

/** What squads press on their rounds. */
@Controller()
export class PatrolsController {
  constructor(
    private readonly patrols: PatrolsStore,
    private readonly plans: PatrolPlans,
    private readonly squads: Squads,
    private readonly found: FoundIncidents,
  ) {}

  @Route(StartPatrol)
  async start({ body }: InputOf<typeof StartPatrol>): Promise<Patrol> {
    const { exercise } = currentContext();
    const { unit, presser } = await this.squads.crewOf(body.unitId, body.atMs);
    const plan = this.plans.round({ ...body, agency: unit.agency });
    if (plan === undefined)
      throw new Fault('invalid', `routeId: ${unit.name} tidak punya ronde itu · it has no such round`);
    const fresh = begun({ ...plan, unit, exercise: exercise || unit.exercise }, presser);
    return patrolOf(await this.patrols.begin(patrolIdOf(body), fresh));
  }

  @Route(CheckIn)
  async checkIn({ params: { patrolId }, body }: InputOf<typeof CheckIn>): Promise<Patrol> {
    const presser = await this.squads.presser(patrolId, body.atMs);
    return patrolOf(await this.patrols.act(patrolId, (patrol) => checkedIn(patrol, body, presser)));
  }

  @Route(ReportFinding)
  async report({ params: { patrolId }, body }: InputOf<typeof ReportFinding>): Promise<Patrol> {
    const presser = await this.squads.presser(patrolId, body.atMs);
    const { asIncident, ...finding } = body;
    // before anything is made of it: no incident of a finding that is refused
    const patrol = await this.patrols.get(patrolId);
    if (reported(patrol, finding, presser) === undefined) return patrolOf(patrol);
    const incidentId = asIncident ? await this.found.incident(patrol, { finding, presser }) : undefined;
    return patrolOf(await this.patrols.act(patrolId, (now) => reported(now, { ...finding, incidentId }, presser)));
  }

  @Route(EndPatrol)
  async end({ params: { patrolId }, body }: InputOf<typeof EndPatrol>): Promise<Patrol> {
    const presser = await this.squads.presser(patrolId, body.atMs);
    return patrolOf(await this.patrols.act(patrolId, (patrol) => ended(patrol, presser)));
  }
}
