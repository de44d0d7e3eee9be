import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { FixRecorded } from '@siaga/contracts';
import { FixesStore } from './fixes.store.ts';

/** Keeps every fix, late ones included, exactly once. */
@Controller()
export class HistoryProjection {
  constructor(private readonly fixes: FixesStore) {}

  @On(FixRecorded, { batch: true })
  async recorded(recorded: FixRecorded[]): Promise<void> {
    await this.fixes.addNew(recorded);
  }
}
