import { Callers } from './callers.ts';
import { DistressProjection } from './distress.projection.ts';
import { FollowedProjection } from './followed.projection.ts';
import { IncidentActsController } from './incident-acts.controller.ts';
import { IncidentCalls } from './incident-calls.ts';
import { incidents } from './incident-document.ts';
import { IncidentTimer } from './incident-timer.ts';
import { IncidentsController } from './incidents.controller.ts';
import { IncidentsStore } from './incidents.store.ts';
import { Merges } from './merges.ts';

/** What incidents bring to the service. */
export const incidentParts = {
  controllers: [IncidentsController, IncidentActsController, FollowedProjection, DistressProjection],
  providers: [IncidentCalls, IncidentsStore, Merges, Callers, IncidentTimer],
  collections: [incidents],
};
