import { ConditionChanged } from '@siaga/contracts';
import { emission, type Change, type Due } from '@siaga/store';
import { VOICES_KEPT_MS, VOICES_KEPT_OPEN_MS } from '../retention-rules.ts';
import type { ReportDocument, StoredReport } from './report-document.ts';
import { conditionOf } from './report-rules.ts';

const DAY_MS = 86_400_000;

/** So long screens show what is closed: the shift that comes sees what the one before it saw. */
const SHOWN_MS = DAY_MS;

/** So long a report waits of a pole that is not registered, and that nobody took up: seven evenings to look. */
export const STRANGE_KEPT_MS = 7 * DAY_MS;

/** What its reporter reads then. */
const STRANGE_ANSWER =
  'Tiang ini tidak ada di daftar kami, dan laporannya tidak dapat ditindaklanjuti. Bila masih rusak, telepon 112 dan sebutkan tempatnya.';

/** What changes of a report, besides when: the rest follows. What is given as undefined is taken off. */
export type ReportFields = Partial<ReportDocument>;

type Lived = Pick<ReportDocument, 'closedAtMs' | 'lastAtMs' | 'archived' | 'isUnknownLamp' | 'workOrderId' | 'status'>;

/** When time does something to a report next. */
export function wakeAtMsOf(report: Lived): number {
  const { closedAtMs, lastAtMs, archived } = report;
  if (closedAtMs !== undefined) return closedAtMs + (archived === true ? VOICES_KEPT_MS : SHOWN_MS);
  return lastAtMs + (isStrange(report) ? STRANGE_KEPT_MS : VOICES_KEPT_OPEN_MS);
}

/** What time has done by now: screens let go what is closed, and what people said, and who they are, is forgotten. */
export function due(report: StoredReport, nowMs: number): Due<ReportDocument> | undefined {
  if (wakeAtMsOf(report) > nowMs) return { change: { $set: { wakeAtMs: wakeAtMsOf(report) } } };
  if (report.closedAtMs !== undefined && report.archived !== true) {
    const archived = { archived: true as const };
    return { change: { $set: { ...archived, wakeAtMs: wakeAtMsOf({ ...report, ...archived }) } } };
  }
  if (isStrange(report))
    return changeOf(report, { status: 'dismissed', answer: STRANGE_ANSWER, closedAtMs: nowMs }, nowMs);
  return { change: { $set: { voices: [], publicVoices: [], heard: [] } } };
}

/** A change of a report as it was read, with what follows: it is found as open no more once it is closed. */
export function changeOf(
  report: StoredReport,
  fields: ReportFields,
  nowMs: number,
): Required<Pick<Change<ReportDocument>, 'change' | 'events'>> {
  const shut = fields.closedAtMs === undefined ? {} : { openKey: undefined, openTile: undefined };
  const given = { ...fields, ...shut, changedAtMs: nowMs };
  const after = { ...report, ...given };
  const entries = Object.entries(given);
  const present = entries.filter(([, value]) => value !== undefined);
  const absent = entries.filter(([, value]) => value === undefined);
  const change = {
    $set: { ...Object.fromEntries(present), wakeAtMs: wakeAtMsOf(after) },
    ...(absent.length === 0 ? {} : { $unset: Object.fromEntries(absent.map(([name]) => [name, 1])) }),
  } as Change<ReportDocument>['change'];
  return { change, events: toldOf(after, nowMs) };
}

/** What the alarm desk is told of a report. */
export function toldOf(report: ReportDocument, atMs: number) {
  const condition = conditionOf(report, atMs);
  return condition === undefined ? [] : [emission(ConditionChanged, condition)];
}

/** Anybody may have made it up, and nobody of ours has to do with it. */
const isStrange = ({ isUnknownLamp, status, workOrderId }: Lived): boolean =>
  isUnknownLamp === true && status === 'accepted' && workOrderId === undefined;
