import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { ControllerRegistered, LampRegistered, PanelRegistered, type CloudEvent } from '@siaga/contracts';
import { Leavers } from './leavers.ts';

/** Hears what is taken out of a register. */
@Controller()
export class LeaversController {
  constructor(private readonly leavers: Leavers) {}

  @On(ControllerRegistered, { batch: true, tombstones: true })
  async controllers(_: unknown, events: CloudEvent<ControllerRegistered>[]): Promise<void> {
    for (const controllerId of goneIn(events)) await this.leavers.ofController(controllerId);
  }

  @On(LampRegistered, { batch: true, tombstones: true })
  async lamps(_: unknown, events: CloudEvent<LampRegistered>[]): Promise<void> {
    const gone = goneIn(events);
    if (gone.length > 0) await this.leavers.lamps(gone);
  }

  @On(PanelRegistered, { batch: true, tombstones: true })
  async panels(_: unknown, events: CloudEvent<PanelRegistered>[]): Promise<void> {
    const gone = goneIn(events);
    if (gone.length > 0) await this.leavers.panels(gone);
  }
}

const goneIn = (events: readonly CloudEvent<unknown>[]) =>
  events.filter(({ data }) => data === null).map(({ subject }) => subject);
