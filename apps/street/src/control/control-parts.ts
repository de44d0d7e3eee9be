import { Addressees } from './addressees.ts';
import { CommandedLevels } from './commanded-levels.ts';
import { CommandsController } from './commands.controller.ts';
import { ConfirmationsProjection } from './confirmations.projection.ts';
import { ControlClearing } from './control-clearing.ts';
import { HandOut } from './hand-out.ts';
import { OpenOverrides } from './open-overrides.ts';
import { overrides } from './override-document.ts';
import { OverrideTimer } from './override-timer.ts';
import { OverridesController } from './overrides.controller.ts';
import { OverridesStore } from './overrides.store.ts';
import { Planning } from './planning.ts';
import { assignments, programmes } from './programme-documents.ts';
import { ProgrammesController } from './programmes.controller.ts';
import { ProgramController } from './program.controller.ts';
import { Programmes } from './programmes.ts';
import { Readdressing } from './readdressing.ts';
import { WaitingPolls } from './waiting-polls.ts';

/** What lamps are told to do, by programme and by hand: its part of the module. */
export const controlParts = {
  controllers: [
    OverridesController,
    ProgrammesController,
    CommandsController,
    ProgramController,
    ConfirmationsProjection,
  ],
  providers: [
    ...[OverridesStore, OverrideTimer, OpenOverrides, Planning, Programmes],
    ...[Addressees, CommandedLevels, HandOut, Readdressing, ControlClearing],
    { provide: WaitingPolls, useFactory: () => new WaitingPolls() },
  ],
  collections: [overrides, programmes, assignments],
};
