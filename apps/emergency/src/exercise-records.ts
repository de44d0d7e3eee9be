import { Injectable } from '@nestjs/common';
import { PatrolsStore } from './patrols/patrols.store.ts';
import { TimelineStore } from './timeline/timeline.store.ts';

/** What an exercise leaves beside calls, incidents and units. */
@Injectable()
export class ExerciseRecords {
  constructor(
    private readonly timeline: TimelineStore,
    private readonly patrols: PatrolsStore,
  ) {}

  async remove(): Promise<void> {
    await this.timeline.removeExercises();
    await this.patrols.removeExercises();
  }
}
