import { Controller, Inject } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearStreetExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { ControlClearing } from './control/control-clearing.ts';
import { kinds } from './kinds.ts';
import { Things } from './register/things.store.ts';
import { Leavers } from './states/leavers.ts';
import { TelemetryClearing } from './telemetry/telemetry-clearing.ts';
import { JobsClearing } from './work-orders/jobs-clearing.ts';

/** Leaves nothing of an exercise. */
@Controller()
export class ExerciseController {
  @Inject(ControlClearing) private readonly control!: ControlClearing;

  constructor(
    private readonly things: Things,
    private readonly jobs: JobsClearing,
    private readonly telemetry: TelemetryClearing,
    private readonly states: Leavers,
  ) {}

  @Route(ClearStreetExercise)
  async clear() {
    await this.telemetry.clear();
    let removed = (await this.jobs.clear()) + (await this.control.clear());
    for (const kind of kinds) removed += await this.things.removeExercises(kind);
    await this.states.clearExercises();
    return { removed };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }
}
