import { Controller } from '@nestjs/common';
import { ClearWasteExercise } from '@siaga/contracts';
import { asExercise, Route } from '@siaga/service';
import { IntakeClearing } from './ingest/intake-clearing.ts';
import { TrackClearing } from './track/track-clearing.ts';
import { TrucksStore } from './trucks/trucks.store.ts';

/** Leaves nothing of an exercise. Every step may be repeated: a clearing that broke off is simply asked for again. */
@Controller()
export class ExerciseController {
  constructor(
    private readonly trucks: TrucksStore,
    private readonly track: TrackClearing,
    private readonly intake: IntakeClearing,
  ) {}

  @Route(ClearWasteExercise)
  clear() {
    return asExercise(true, async () => {
      const simulated = await this.trucks.removeExercises();
      const fixes = await this.track.clear();
      const seenDevices = await this.intake.clear();
      return { trucks: simulated.length, fixes, seenDevices };
    });
  }
}
