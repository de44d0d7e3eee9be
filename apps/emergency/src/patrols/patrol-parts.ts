import { FoundIncidents } from './found-incidents.ts';
import { patrols } from './patrol-document.ts';
import { PatrolPhotosController } from './patrol-photos.controller.ts';
import { PatrolPlans } from './patrol-plans.ts';
import { PatrolReportsController } from './patrol-reports.controller.ts';
import { PatrolTimer } from './patrol-timer.ts';
import { PatrolsController } from './patrols.controller.ts';
import { PatrolsStore } from './patrols.store.ts';
import { Squads } from './squads.ts';

/** What patrols bring to the service. */
export const patrolParts = {
  controllers: [PatrolsController, PatrolPhotosController, PatrolReportsController],
  providers: [PatrolsStore, PatrolPlans, PatrolTimer, Squads, FoundIncidents],
  collections: [patrols],
};
