import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { incidents } from './incident-document.ts';
import { due } from './incident-life.ts';

/** What time does to incidents. */
@Injectable()
export class IncidentTimer {
  constructor(timers: Timers) {
    timers.onDue(incidents, (incident) => due(incident, Date.now()));
  }
}
