import type { AlarmLogged, AlarmStep } from '@siaga/contracts';
import { triedAgainAtMs } from '@siaga/service';
import { rankOf } from '../alarms/severities.ts';
import type { WebhookDocument } from './webhook-document.ts';

/** What somebody outside the room must know; who answered and what was put aside is the room's own. */
const told: ReadonlySet<AlarmStep> = new Set(['raised', 'worsened', 'escalated', 'reopened', 'cleared']);

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses between tries; the last one is repeated. */
const pausesMs = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS];

/** What nobody takes in a day is old news. */
export const LONGEST_TRY_MS = 24 * HOUR_MS;

type Wish = Pick<WebhookDocument, 'agency' | 'leastSeverity' | 'hours'>;

/** Whether an address is to be told of a step at this hour of city time. */
export function isFor({ agency, leastSeverity, hours }: Wish, logged: AlarmLogged, hour: number): boolean {
  if (!told.has(logged.step)) return false;
  if (agency !== 'command' && agency !== logged.agency) return false;
  if (rankOf(logged.severity) > rankOf(leastSeverity)) return false;
  if (hours === undefined) return true;
  const { from, until } = hours;
  return from < until ? from <= hour && hour < until : hour >= from || hour < until;
}

/** When a message is tried again that was tried so often, epoch ms; undefined: never. */
export const nextTry = (
  { attempts, firstAtMs }: { attempts: number; firstAtMs: number },
  nowMs: number,
): number | undefined => triedAgainAtMs({ attempts, untilMs: firstAtMs + LONGEST_TRY_MS }, pausesMs, nowMs);
