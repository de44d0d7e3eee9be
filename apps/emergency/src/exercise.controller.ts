import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearEmergencyExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CallsStore } from './calls/calls.store.ts';
import { UnitsStore } from './units/units.store.ts';

/** Leaves nothing of an exercise. */
@Controller()
export class ExerciseController {
  constructor(
    private readonly calls: CallsStore,
    private readonly units: UnitsStore,
  ) {}

  @Route(ClearEmergencyExercise)
  async clear() {
    return { calls: await this.calls.removeExercises(), incidents: 0, units: await this.units.removeExercises() };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }
}
