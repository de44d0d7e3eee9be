import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { ConditionChanged, type CloudEvent } from '@siaga/contracts';
import { DeskTimer } from '../desk/desk-timer.ts';
import { ConditionsStore } from './conditions.store.ts';

/** What domains say reaches the desk: kept first, then the desk is woken. A repeat repeats both harmlessly. */
@Controller()
export class ConditionsProjection {
  constructor(
    private readonly conditions: ConditionsStore,
    private readonly desk: DeskTimer,
  ) {}

  @On(ConditionChanged, { batch: true, tombstones: true })
  async changed(said: (ConditionChanged | null)[], events: CloudEvent<ConditionChanged>[]): Promise<void> {
    const nowMs = Date.now();
    const gone = events.filter(({ data }) => data === null).map(({ subject }) => subject);
    const isNews = await this.conditions.putIfNewer(
      said.filter((condition) => condition !== null),
      nowMs,
    );
    await this.conditions.gone(gone, nowMs);
    if (isNews || gone.length > 0) await this.desk.wake();
  }
}
