import { DarknessController } from '../darkness/darkness.controller.ts';
import { darkSpans, DarkSpans } from '../darkness/dark-spans.store.ts';
import { Conclusions } from './conclusions.ts';
import { DueWatch, streetWatches } from './due-watch.ts';
import { LampStatesProjection } from './lamp-states.projection.ts';
import { FedLamps } from './fed-lamps.ts';
import { Findings } from './findings.ts';
import { Leavers } from './leavers.ts';
import { LossesStore, toldLosses } from './losses.store.ts';
import { PanelStatesProjection } from './panel-states.projection.ts';
import { RegisterChangesProjection } from './register-changes.projection.ts';
import { Silences } from './silences.ts';
import { lampStates, panelStates, StatesStore } from './states.store.ts';
import { Tallies } from './tallies.ts';
import { Telling } from './telling.ts';

/** What lamps and panels are doing: its part of the module. */
export const stateParts = {
  controllers: [LampStatesProjection, PanelStatesProjection, RegisterChangesProjection, DarknessController],
  providers: [
    StatesStore,
    Telling,
    LossesStore,
    FedLamps,
    Findings,
    Conclusions,
    Silences,
    DueWatch,
    Tallies,
    Leavers,
    DarkSpans,
  ],
  collections: [lampStates, panelStates, toldLosses, streetWatches, darkSpans],
};
