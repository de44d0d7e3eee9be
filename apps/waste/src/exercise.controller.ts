import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { CityBegan, ClearWasteExercise, type DeviceRef } from '@siaga/contracts';
import { asExercise, createLogger, Route } from '@siaga/service';
import { IntakeClearing } from './ingest/intake-clearing.ts';
import { TrackClearing } from './track/track-clearing.ts';
import { TrucksStore } from './trucks/trucks.store.ts';

const log = createLogger('exercise');

/** What was said before a clearing is waited for so long; then its remains are left to a clearing asked for again. */
const PATIENCE_MS = 5000;

/**
 * Leaves nothing of an exercise, also while a simulator goes on: first the doors are shut to its devices, then what they
 * took is waited for, then everything is removed. Every step may be repeated.
 */
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
      this.intake.ignore((await this.trucks.exercises()).flatMap(({ devices }) => devices));
      const simulated = await this.trucks.removeExercises();
      await this.quiet(simulated.flatMap(({ devices }) => devices));
      const fixes = await this.track.clear();
      const seenDevices = await this.intake.clear();
      return { trucks: simulated.length, fixes, seenDevices };
    });
  }

  /** The city works in earnest: nothing of what was tried out stays. */
  @On(CityBegan)
  async began(): Promise<void> {
    await this.clear();
  }

  private async quiet(devices: readonly DeviceRef[]): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await this.intake.shut(devices, signal);
    await this.track.projected(signal);
    if (signal.aborted) log.warn('a clearing does not wait any longer for what was said before it');
  }
}
