import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { IncidentLogged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { TimelineStore } from './timeline.store.ts';

/** Keeps what the log keeps for a month only. */
@Controller()
export class TimelineProjection {
  constructor(private readonly timeline: TimelineStore) {}

  @On(IncidentLogged)
  logged(line: IncidentLogged): Promise<void> {
    return this.timeline.keep(line, currentContext().exercise);
  }
}
