import { Controller } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ClearWasteExercise, DeviceAssigned, deviceKey } from '@siaga/contracts';
import { currentContext, Route, withContext } from '@siaga/service';
import { IntakeClearing } from './ingest/intake-clearing.ts';
import { TrackClearing } from './track/track-clearing.ts';
import { TrucksStore } from './trucks/trucks.store.ts';

/** Leaves nothing of an exercise. Every step may be repeated: a clearing that broke off is simply asked for again. */
@Controller()
export class ExerciseController {
  constructor(
    private readonly bus: EventBus,
    private readonly trucks: TrucksStore,
    private readonly track: TrackClearing,
    private readonly intake: IntakeClearing,
  ) {}

  @Route(ClearWasteExercise)
  clear() {
    return withContext({ ...currentContext(), exercise: true }, async () => {
      const simulated = await this.trucks.exercises();
      // the devices before their trucks: a truck still in the register leads a repeat back to its devices
      for (const device of simulated.flatMap((truck) => truck.devices))
        await this.bus.retract(DeviceAssigned, deviceKey(device));
      for (const { truckId } of simulated) await this.trucks.remove(truckId);
      const fixes = await this.track.clear();
      const seenDevices = await this.intake.clear();
      return { trucks: simulated.length, fixes, seenDevices };
    });
  }
}
