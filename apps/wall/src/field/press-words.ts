import type { AssignmentStatus } from '@siaga/contracts';
import type { Dictionary } from '../text/dictionary.ts';
import type { PatrolPress } from './patrol-queue.ts';
import type { Press } from './use-queue.ts';

/** What somebody pressed, as he would say it. */
export function pressWords(press: Press | PatrolPress, text: Dictionary): string {
  if ('bookingId' in press) return text.bookings[press.what];
  if ('assignmentId' in press) return text.emergency.assignments[press.status as AssignmentStatus];
  const said = text.patrol.pressed[press.what];
  return press.what === 'report' ? `${said} ${text.emergency.kinds[press.body.kind]}` : said;
}

/** When it was pressed, epoch ms of the city; undefined: not stamped. */
export const pressedAtMs = (press: Press | PatrolPress): number | undefined =>
  'body' in press ? press.body.atMs : press.atMs;
