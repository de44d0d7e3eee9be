import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearEmergencyExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';

/** Leaves nothing of an exercise. */
@Controller()
export class ExerciseController {
  @Route(ClearEmergencyExercise)
  clear() {
    return { calls: 0, incidents: 0, units: 0 };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  began(): void {
    this.clear();
  }
}
