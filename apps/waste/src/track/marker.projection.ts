import { Controller } from '@nestjs/common';
import { EventBus, On } from '@siaga/bus';
import { FixRecorded, TruckMoved, type CloudEvent } from '@siaga/contracts';
import { currentContext, withContext } from '@siaga/service';
import { MarkersStore } from './markers.store.ts';

/** Moves trucks on screens: store, then publish; a repeat repeats both harmlessly. */
@Controller()
export class MarkerProjection {
  constructor(
    private readonly markers: MarkersStore,
    private readonly bus: EventBus,
  ) {}

  @On(FixRecorded, { batch: true })
  async recorded(recorded: FixRecorded[], events: CloudEvent<FixRecorded>[]): Promise<void> {
    const moved = await this.markers.putIfNewer(
      recorded.map((fix, index) => ({ fix, exercise: events[index]?.exercise ?? false })),
    );
    for (const exercise of [false, true]) {
      const these = moved.filter((move) => move.exercise === exercise).map(({ marker }) => marker);
      await withContext({ ...currentContext(), exercise }, () => this.bus.publishAll(TruckMoved, these));
    }
  }
}
