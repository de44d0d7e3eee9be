import { Controller } from '@nestjs/common';
import { EventBus, On } from '@siaga/bus';
import { FixRecorded, TruckMoved } from '@siaga/contracts';
import { MarkersStore } from './markers.store.ts';

/** Moves trucks on screens: store, then publish; a repeat repeats both harmlessly. */
@Controller()
export class MarkerProjection {
  constructor(
    private readonly markers: MarkersStore,
    private readonly bus: EventBus,
  ) {}

  @On(FixRecorded, { batch: true })
  async recorded(recorded: FixRecorded[]): Promise<void> {
    await this.bus.publishAll(TruckMoved, await this.markers.putIfNewer(recorded));
  }
}
