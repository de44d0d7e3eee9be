import { Injectable } from '@nestjs/common';
import { currentContext } from '@siaga/service';
import { Timers } from '@siaga/store';
import { due } from './bed-rules.ts';
import { hospitals } from './hospital-document.ts';
import { changeOf } from './hospitals.store.ts';

/** What time does to hospitals: a bed that is held for too long is free again. */
@Injectable()
export class HospitalTimer {
  constructor(timers: Timers) {
    timers.onDue(hospitals, (hospital) =>
      changeOf(hospital, due(hospital, { by: currentContext().principal.id, nowMs: Date.now() })),
    );
  }
}
