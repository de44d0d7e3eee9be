import { ageMs } from '../link/age.ts';
import type { StartText } from '../text/start-words.ts';
import type { Format } from '../text/format.ts';
import type { Note } from './standing.ts';

/** What a step has found, in words that follow those of its state. */
export function noteWords(note: Note, { text, format, nowMs }: { text: StartText; format: Format; nowMs: number }) {
  const words = text.start;
  const age = (atMs: number) => format.duration(ageMs(atMs, nowMs));
  switch (note.say) {
    case 'signed-in':
      return words.signedIn(note.name);
    case 'listening':
      return words.listening;
    case 'seen':
      return words.seen(note.deviceId);
    case 'seen-no-truck':
      return words.seenNoTruck(note.deviceId);
    case 'moved':
      return words.moved(note.truckId, age(note.atMs));
    case 'trucks':
      return words.trucks(format.number(note.count));
    case 'came-in':
      return words.cameIn(note.names.join(', '));
    case 'invited':
      return words.invited(note.names.join(', '));
    case 'one-more':
      return words.oneMore(note.names.join(', '));
    case 'screen':
      return words.screen(note.name, age(note.atMs));
    case 'screen-unseen':
      return words.screenUnseen(note.name);
    case 'backed-up':
      return words.backedUp(age(note.atMs), format.bytes(note.bytes));
    case 'backup-unheard':
      return words.backupUnheard;
    case 'backup-said':
      return words.backupSaid;
    case 'clearing':
      return words.clearing;
    case 'begun':
      return words.begun(format.moment(note.atMs, nowMs));
    case 'why-here-only':
      return words.whyHereOnly;
    case 'why-not-cleared':
      return words.whyNotCleared;
    case 'why-refused':
      return words.whyRefused(note.truckId, text.refusals[note.reason], age(note.atMs));
    case 'why-screen-dark':
      return words.whyScreenDark(note.name, age(note.atMs));
    case 'why-backup-old':
      return words.whyBackupOld(age(note.atMs));
    case 'why-no-answer':
      return note.why;
  }
}
