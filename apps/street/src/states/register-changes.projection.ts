import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import {
  CameraRegistered,
  ControllerRegistered,
  LampRegistered,
  PanelRegistered,
  type CloudEvent,
} from '@siaga/contracts';
import { Conclusions } from './conclusions.ts';
import { keysOf } from './fed-thing.ts';
import { Leavers } from './leavers.ts';

/** Hears what changes in the registers: what leaves is taken back, what moves hangs on something else from now on. */
@Controller()
export class RegisterChangesProjection {
  constructor(
    private readonly leavers: Leavers,
    private readonly conclusions: Conclusions,
  ) {}

  @On(ControllerRegistered, { batch: true, tombstones: true })
  async controllers(_: unknown, events: CloudEvent<ControllerRegistered>[]): Promise<void> {
    for (const controllerId of goneIn(events)) await this.leavers.ofController(controllerId);
  }

  @On(LampRegistered, { batch: true, tombstones: true })
  async lamps(_: unknown, events: CloudEvent<LampRegistered>[]): Promise<void> {
    const gone = goneIn(events);
    if (gone.length > 0) await this.leavers.lamps(gone);
    await this.conclusions.of(keysOf('lamp', idsIn(events)), Date.now());
  }

  @On(CameraRegistered, { batch: true, tombstones: true })
  async cameras(_: unknown, events: CloudEvent<CameraRegistered>[]): Promise<void> {
    await this.conclusions.of(keysOf('camera', idsIn(events)), Date.now());
  }

  @On(PanelRegistered, { batch: true, tombstones: true })
  async panels(_: unknown, events: CloudEvent<PanelRegistered>[]): Promise<void> {
    const gone = goneIn(events);
    if (gone.length > 0) await this.leavers.panels(gone);
    await this.conclusions.below(idsIn(events), Date.now());
  }
}

const idsIn = (events: readonly CloudEvent<unknown>[]) => events.map(({ subject }) => subject);
const goneIn = (events: readonly CloudEvent<unknown>[]) => idsIn(events.filter(({ data }) => data === null));
