import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { IntakeCounted } from '@siaga/contracts';
import { IntakeStore } from './intake.store.ts';
import { Intake } from './intake.ts';
import { SeenDevices } from './seen-devices.ts';

/** Takes what simulated devices brought out of counts, memory and "seen, not registered". */
@Injectable()
export class IntakeClearing {
  constructor(
    private readonly intake: Intake,
    private readonly days: IntakeStore,
    private readonly seen: SeenDevices,
    private readonly bus: EventBus,
  ) {}

  /** Answers how many strangers are forgotten. */
  async clear(): Promise<number> {
    this.intake.forget();
    for (const truckId of await this.days.exercises()) await this.bus.retract(IntakeCounted, truckId);
    await this.days.removeExercises();
    return this.seen.forgetExercises();
  }
}
