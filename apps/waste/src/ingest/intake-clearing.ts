import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { IntakeCounted, type DeviceRef } from '@siaga/contracts';
import { IntakeStore } from './intake.store.ts';
import { Intake } from './intake.ts';
import { until } from '../until.ts';
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

  /** These devices, soon to be taken off, are no strangers when they go on reporting. */
  ignore(devices: readonly DeviceRef[]): void {
    this.seen.ignoreExercises(devices);
  }

  /**
   * Resolves once nothing more comes in for devices that were taken off: the doors know it, and what they were just
   * taking is in the log. Or once nobody waits any more.
   */
  async shut(devices: readonly DeviceRef[], signal: AbortSignal): Promise<void> {
    await until(() => !devices.some((device) => this.intake.rides(device)), signal);
    await this.intake.settled();
  }

  /** Answers how many strangers are forgotten. */
  async clear(): Promise<number> {
    await this.intake.forget();
    for (const truckId of await this.days.exercises()) await this.bus.retract(IntakeCounted, truckId);
    await this.days.removeExercises();
    return this.seen.forgetExercises();
  }
}
