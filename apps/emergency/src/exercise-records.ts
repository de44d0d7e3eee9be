import { Injectable } from '@nestjs/common';
import { AlertsStore } from './alerts/alerts.store.ts';
import { HospitalsStore } from './hospitals/hospitals.store.ts';
import { PatrolsStore } from './patrols/patrols.store.ts';
import { TimelineStore } from './timeline/timeline.store.ts';

/** What an exercise leaves beside calls, incidents and units. */
@Injectable()
export class ExerciseRecords {
  constructor(
    private readonly alerts: AlertsStore,
    private readonly timeline: TimelineStore,
    private readonly patrols: PatrolsStore,
    private readonly hospitals: HospitalsStore,
  ) {}

  async remove(): Promise<void> {
    await this.alerts.removeExercises();
    await this.timeline.removeExercises();
    await this.patrols.removeExercises();
    await this.hospitals.removeExercises();
  }
}
