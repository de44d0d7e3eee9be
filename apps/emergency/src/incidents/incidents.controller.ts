import { Controller } from '@nestjs/common';
import {
  belongsTo,
  emergencyAgencies,
  ExportIncident,
  Fault,
  GetIncident,
  Incident,
  IncidentLogged,
  ListIncidents,
  maskOfShape,
  sightOf,
  SuggestDuplicates,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { sealed } from '../timeline/chain.ts';
import { TimelineStore } from '../timeline/timeline.store.ts';
import { duplicatesOf } from './duplicates.ts';
import { IncidentCalls } from './incident-calls.ts';
import type { StoredIncident } from './incident-document.ts';
import { incidentFor, linesFor } from './incident-sight.ts';
import { IncidentsStore } from './incidents.store.ts';

/** What is to be seen of incidents: by the emergency service, and by whom it told. */
@Controller()
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsStore,
    private readonly calls: IncidentCalls,
    private readonly timeline: TimelineStore,
  ) {}

  @Route(ListIncidents)
  async list({ query }: InputOf<typeof ListIncidents>) {
    const { principal } = currentContext();
    const seesAll = belongsTo(principal, emergencyAgencies);
    const { items, next } = await this.incidents.page(query, seesAll ? undefined : principal.agencies);
    const listed = (item: StoredIncident) => ({ ...incidentFor(principal, item), ...(item.exercise && { exercise: true as const }) }); // prettier-ignore
    return { items: items.map(listed), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetIncident)
  async get({ params }: InputOf<typeof GetIncident>) {
    const incident = await this.seen(params.incidentId);
    const { principal } = currentContext();
    return {
      incident: incidentFor(principal, incident),
      timeline: linesFor(principal, await this.timeline.of(whoseLines(incident))),
    };
  }

  /** Masked here already: the hashes are of what the reader has. */
  @Route(ExportIncident)
  async export({ params }: InputOf<typeof ExportIncident>) {
    const incident = await this.seen(params.incidentId);
    const { principal } = currentContext();
    const nowMs = Date.now();
    const sight = sightOf(principal, nowMs);
    const maskIncident = maskOfShape(Incident);
    const maskLine = maskOfShape(IncidentLogged.data);
    const shown = maskIncident?.(incidentFor(principal, incident), sight) as Incident;
    const lines = linesFor(principal, await this.timeline.every(whoseLines(incident))).map(
      (line) => maskLine?.(line, sight) as IncidentLogged,
    );
    return sealed({ incident: shown, exportedAtMs: nowMs, by: principal.id }, lines);
  }

  @Route(SuggestDuplicates)
  async duplicates({ params }: InputOf<typeof SuggestDuplicates>) {
    const { place, kind, startedAtMs, numberKey, incidentId, exercise } = await this.calls.get(params.callId);
    const open = (await this.incidents.open()).filter(
      (incident) => incident._id !== incidentId && incident.exercise === exercise,
    );
    const before = numberKey === undefined ? [] : await this.calls.some(open.flatMap(({ calls }) => calls.map(({ callId }) => callId))); // prettier-ignore
    const alike = new Set(before.filter((call) => call.numberKey === numberKey).map(({ _id }) => _id));
    const known = open.map(({ _id, calls, ...said }) => {
      const isSameNumber = calls.some(({ callId }) => callId !== params.callId && alike.has(callId));
      return { ...said, incidentId: _id, isSameNumber };
    });
    return { items: duplicatesOf({ place, kind, atMs: startedAtMs }, known) };
  }

  /** Unknown and not theirs look alike. */
  private async seen(incidentId: string): Promise<StoredIncident> {
    const incident = await this.incidents.find(incidentId);
    const owners = [...emergencyAgencies, ...(incident?.agencies ?? [])];
    if (incident === undefined || !belongsTo(currentContext().principal, owners))
      throw new Fault('not-found', `insiden ${incidentId} tidak ada · ${incidentId} does not exist`);
    return incident;
  }
}

const whoseLines = ({ _id, merged, calls }: StoredIncident) => ({
  ...{ incidentId: _id, merged, callIds: calls.map(({ callId }) => callId) },
});
