import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearEmergencyExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CallsStore } from './calls/calls.store.ts';

/** Leaves nothing of an exercise. */
@Controller()
export class ExerciseController {
  constructor(private readonly calls: CallsStore) {}

  @Route(ClearEmergencyExercise)
  async clear() {
    return { calls: await this.calls.removeExercises(), incidents: 0, units: 0 };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }
}
