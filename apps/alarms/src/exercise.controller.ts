import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearAlarmsExercise } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { AlarmsStore } from './alarms/alarms.store.ts';
import { ConditionsStore } from './conditions/conditions.store.ts';
import { DeskTimer } from './desk/desk-timer.ts';

/** Leaves nothing of an exercise. The domains take back their simulated things themselves; what they say of them is dropped here. */
@Controller()
export class ExerciseController {
  constructor(
    private readonly conditions: ConditionsStore,
    private readonly alarms: AlarmsStore,
    private readonly desk: DeskTimer,
  ) {}

  @Route(ClearAlarmsExercise)
  async clear() {
    // first what alarms are made of, then they themselves: a look in between would raise them anew
    const conditions = await this.conditions.removeExercises();
    const alarms = await this.alarms.removeExercises();
    await this.desk.wake();
    return { conditions, alarms };
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }
}
