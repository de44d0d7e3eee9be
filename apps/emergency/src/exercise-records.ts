import { Injectable } from '@nestjs/common';
import { HospitalsStore } from './hospitals/hospitals.store.ts';
import { PatrolsStore } from './patrols/patrols.store.ts';
import { TimelineStore } from './timeline/timeline.store.ts';

/** What an exercise leaves beside calls, incidents and units. */
@Injectable()
export class ExerciseRecords {
  constructor(
    private readonly timeline: TimelineStore,
    private readonly patrols: PatrolsStore,
    private readonly hospitals: HospitalsStore,
  ) {}

  async remove(): Promise<void> {
    await this.timeline.removeExercises();
    await this.patrols.removeExercises();
    await this.hospitals.removeExercises();
  }
}
