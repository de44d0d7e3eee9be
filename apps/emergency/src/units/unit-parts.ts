import { AssignmentsController } from '../dispatch/assignments.controller.ts';
import { CallersController } from '../dispatch/callers.controller.ts';
import { CityStage } from '../dispatch/drill.ts';
import { IncidentsAtHand } from '../dispatch/incidents-at-hand.ts';
import { SuggestionController } from '../dispatch/suggestion.controller.ts';
import { Suggestions } from '../dispatch/suggestions.ts';
import { UnitsAtHand } from '../dispatch/units-at-hand.ts';
import { Positions } from './positions.ts';
import { units } from './unit-document.ts';
import { UnitTimer } from './unit-timer.ts';
import { UnitsController } from './units.controller.ts';
import { UnitsStore } from './units.store.ts';

/** What units and their dispatch bring to the service. */
export const unitParts = {
  controllers: [UnitsController, AssignmentsController, CallersController, SuggestionController],
  providers: [UnitsStore, UnitTimer, Positions, IncidentsAtHand, CityStage, UnitsAtHand, Suggestions],
  collections: [units],
};
