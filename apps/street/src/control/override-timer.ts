import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { overrides } from './override-document.ts';
import { OverridesStore } from './overrides.store.ts';

/** Ends overrides at their time, tells again what nobody confirmed, and gives it up: whatever was restarted meanwhile. */
@Injectable()
export class OverrideTimer {
  constructor(timers: Timers, store: OverridesStore) {
    timers.onDue(overrides, (override) => store.due(override));
  }
}
