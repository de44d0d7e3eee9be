import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { VOICES_KEPT_MS, VOICES_KEPT_OPEN_MS } from '../retention-rules.ts';
import { reports, type ReportDocument } from './report-document.ts';

/** When what people said, and who they are, leaves a report. */
export const forgetAtMs = ({ closedAtMs, lastAtMs }: Pick<ReportDocument, 'closedAtMs' | 'lastAtMs'>): number =>
  closedAtMs === undefined ? lastAtMs + VOICES_KEPT_OPEN_MS : closedAtMs + VOICES_KEPT_MS;

/** Forgets who reported, and in what words, when nobody will ask them any more. */
@Injectable()
export class ReportTimer {
  constructor(timers: Timers) {
    timers.onDue(reports, () => ({ change: { $set: { voices: [] } } }));
  }
}
