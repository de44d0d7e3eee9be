import { MASKED, TelephoneNumber, type BookingNotes } from '@siaga/contracts';
import { digitsOf } from '../digits-of.ts';

/** What is written about a booking, field by field. */
export const noteNames = ['patientName', 'number', 'askedBy', 'from', 'to', 'needs'] as const;
type NoteName = (typeof noteNames)[number];
export type Written = Record<NoteName, string>;

/** As much as each holds. */
export const mostOf: Readonly<Record<NoteName, number>> = {
  ...{ patientName: 80, number: 20, askedBy: 80, from: 200, to: 200, needs: 500 },
};

export const nothingWritten: Written = { patientName: '', number: '', askedBy: '', from: '', to: '', needs: '' };

/** A booking's notes as they stand in their fields. */
export const writtenOf = (notes: BookingNotes): Written =>
  Object.fromEntries(noteNames.map((name) => [name, notes[name] ?? ''])) as Written;

/** May somebody who sees this change it? Not who sees dots: he would write them over what is there. */
export const isSeen = (notes: BookingNotes): boolean => noteNames.every((name) => notes[name] !== MASKED);

/** What was written; half a number never keeps a booking from being kept: it stands with who asked. */
export function saidOf(written: Written): BookingNotes {
  const digits = digitsOf(written.number);
  const isNumber = TelephoneNumber.safeParse(digits).success;
  const askedBy = [written.askedBy.trim(), isNumber ? '' : written.number.trim()].filter((word) => word !== '').join(' '); // prettier-ignore
  const said = { ...written, askedBy: askedBy.slice(0, mostOf.askedBy), number: isNumber ? digits : '' };
  return Object.fromEntries(
    noteNames.map((name) => [name, said[name].trim()] as const).filter(([, words]) => words !== ''),
  );
}

/** What somebody changed, and nothing else: another wrote the rest meanwhile. What he emptied is taken out. */
export function changedIn(before: Written, after: Written): Partial<Record<NoteName, string | null>> {
  const changed = noteNames.filter((name) => after[name].trim() !== before[name].trim());
  return Object.fromEntries(
    changed.map((name) => {
      const words = name === 'number' ? digitsOf(after[name]) : after[name].trim();
      return [name, words === '' ? null : words];
    }),
  );
}
