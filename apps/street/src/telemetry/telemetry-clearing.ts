import { Injectable } from '@nestjs/common';
import type { ControllerProtocol } from '@siaga/contracts';
import { controllerKind } from '../controllers/controller-kind.ts';
import { Things } from '../register/things.store.ts';
import { RecordedInCity } from './recorded-in-city.ts';
import { Refusals } from './refusals.ts';
import { SeenControllers } from './seen-controllers.ts';

/** Takes what simulated controllers said out of memory, refusals and "seen, not registered". */
@Injectable()
export class TelemetryClearing {
  constructor(
    private readonly things: Things,
    private readonly recorded: RecordedInCity,
    private readonly refusals: Refusals,
    private readonly seen: SeenControllers,
  ) {}

  /** Asked before the registers are cleared, for whose devices go on reporting: they are no strangers for a minute. */
  async clear(): Promise<void> {
    const simulated = await this.things.all(controllerKind, { exercise: true });
    this.recorded.here.clear();
    await this.refusals.forgetExercises();
    await this.seen.forgetExercises(
      simulated.map(({ _id: deviceId, protocol }) => ({ protocol: protocol as ControllerProtocol, deviceId })),
    );
  }
}
