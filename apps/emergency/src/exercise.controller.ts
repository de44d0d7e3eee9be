import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearEmergencyExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { Calendars } from './bookings/calendars.ts';
import { CallsStore } from './calls/calls.store.ts';
import { ExerciseRecords } from './exercise-records.ts';
import { IncidentsStore } from './incidents/incidents.store.ts';

/** Leaves nothing of an exercise. */
@Controller()
export class ExerciseController {
  constructor(
    private readonly calendars: Calendars,
    private readonly calls: CallsStore,
    private readonly incidents: IncidentsStore,
    private readonly records: ExerciseRecords,
  ) {}

  @Route(ClearEmergencyExercise)
  async clear() {
    // calls first: an incident would be made anew from one that has it
    const calls = await this.calls.removeExercises();
    // while they are there: whoever clears again after a failure finds them still
    const units = await this.calendars.removeExercises(await this.incidents.exercises());
    const incidents = await this.incidents.removeExercises();
    await this.records.remove();
    return { calls, incidents, units };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }
}
