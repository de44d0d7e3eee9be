import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { reports } from './report-document.ts';
import { due } from './report-life.ts';

/** What time does to reports. */
@Injectable()
export class ReportTimer {
  constructor(timers: Timers) {
    timers.onDue(reports, (report) => due(report, Date.now()));
  }
}
