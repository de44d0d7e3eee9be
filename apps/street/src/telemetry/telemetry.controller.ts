import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { ControllerRegistered, ListSeenControllers, ListStreetRefusals, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { RefusalsStore } from './refusals.store.ts';
import { SeenControllers } from './seen-controllers.ts';

/** What of controllers was not taken: of strangers, and of those that are registered. */
@Controller()
export class TelemetryController {
  constructor(
    private readonly seen: SeenControllers,
    private readonly refusals: RefusalsStore,
  ) {}

  @Route(ListSeenControllers)
  listSeen() {
    return { items: this.seen.list() };
  }

  @Route(ListStreetRefusals)
  listRefusals({ query }: InputOf<typeof ListStreetRefusals>) {
    return this.refusals.list(query);
  }

  /** However a controller came into the register, it is a stranger no more. */
  @On(ControllerRegistered)
  async registered({ protocol, controllerId: deviceId }: ControllerRegistered): Promise<void> {
    await this.seen.forget({ protocol, deviceId });
  }
}
