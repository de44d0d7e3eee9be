import { Controller } from '@nestjs/common';
import {
  CloseIncident,
  DescribeIncident,
  JoinIncident,
  MergeIncident,
  NoteIncident,
  OpenIncident,
  RaiseIncident,
  ReopenIncident,
  SplitIncident,
  TellAgencies,
  TellPartner,
  TriageIncident,
  type Incident,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { triageCard } from '../triage/triage-card.ts';
import { Callers } from './callers.ts';
import { incidentOf, type StoredIncident } from './incident-document.ts';
import { closed, described, noted, raised, reopened, told, toldPartner } from './incident-rules.ts';
import type { Actor, Turn } from './incident-turn.ts';
import { IncidentsStore } from './incidents.store.ts';
import { Merges } from './merges.ts';
import { triaged } from './triage-rules.ts';

/** What the desk does to incidents. */
@Controller()
export class IncidentActsController {
  constructor(
    private readonly incidents: IncidentsStore,
    private readonly callers: Callers,
    private readonly merges: Merges,
  ) {}

  @Route(OpenIncident)
  async open({ body: { callId, ...said } }: InputOf<typeof OpenIncident>) {
    const { exercise } = currentContext();
    if (callId === undefined) return incidentOf(await this.incidents.make({ ...said, exercise }));
    const incident = await this.callers.open(callId);
    const isMore = Object.values(said).some((value) => value !== undefined);
    return isMore
      ? this.act({ incidentId: incident._id }, (one, actor) => described(one, said, actor))
      : incidentOf(incident);
  }

  @Route(JoinIncident)
  async join({ params, body }: InputOf<typeof JoinIncident>) {
    return incidentOf(await this.callers.join(params.incidentId, body.callId));
  }

  @Route(DescribeIncident)
  describe({ params, body }: InputOf<typeof DescribeIncident>) {
    return this.act(params, (incident, actor) => described(incident, body, actor));
  }

  @Route(TriageIncident)
  triage({ params, body }: InputOf<typeof TriageIncident>) {
    return this.act(params, (incident, actor) => triaged(incident, body, triageCard, actor));
  }

  @Route(RaiseIncident)
  raise({ params, body }: InputOf<typeof RaiseIncident>) {
    return this.act(params, (incident, actor) => raised(incident, body, actor));
  }

  @Route(TellAgencies)
  tell({ params, body }: InputOf<typeof TellAgencies>) {
    return this.act(params, (incident, actor) => told(incident, body.agencies, actor));
  }

  @Route(TellPartner)
  tellPartner({ params, body }: InputOf<typeof TellPartner>) {
    return this.act(params, (incident, actor) => toldPartner(incident, body, actor));
  }

  @Route(NoteIncident)
  note({ params, body }: InputOf<typeof NoteIncident>) {
    return this.act(params, (incident) => noted(incident, body.words));
  }

  @Route(CloseIncident)
  close({ params, body }: InputOf<typeof CloseIncident>) {
    return this.act(params, (incident, actor) => closed(incident, body, actor));
  }

  @Route(ReopenIncident)
  reopen({ params, body }: InputOf<typeof ReopenIncident>) {
    return this.act(params, (incident) => reopened(incident, body));
  }

  @Route(MergeIncident)
  async merge({ params, body }: InputOf<typeof MergeIncident>) {
    return incidentOf(await this.merges.merge(params.incidentId, body.into));
  }

  @Route(SplitIncident)
  async split({ params, body }: InputOf<typeof SplitIncident>) {
    return incidentOf(await this.merges.split(params.incidentId, body.reason));
  }

  private async act(
    { incidentId }: { incidentId: string },
    rule: (incident: StoredIncident, actor: Actor) => Turn | undefined,
  ): Promise<Incident> {
    return incidentOf(await this.incidents.act(incidentId, rule));
  }
}
