import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { defineRoute } from './define-route.ts';
import { Agency, CityDay, EpochMs, pageOf, PageQuery } from './shapes.ts';

/** Shifts of a day in city time: from 06.00, from 14.00, and from 22.00 until the next morning. */
export const Shift = z.enum(['pagi', 'siang', 'malam']);
export type Shift = z.infer<typeof Shift>;

/** What those who go tell those who come: lines of text. */
const HandOverText = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .regex(/^(?:[^\p{C}]|[\n\t])+$/u, 'no control characters but line breaks');

/** The note of one shift of one agency. */
export const HandOver = z.object({
  agency: Agency,
  /** The day the shift began on, city time. */
  day: CityDay,
  shift: Shift,
  text: HandOverText,
  by: AlarmActor,
  atMs: EpochMs,
  /** What it said before, oldest first: the last 20. */
  former: z.array(z.object({ text: HandOverText, by: AlarmActor, atMs: EpochMs })).max(20),
  version: z.number().int().min(1),
});
export type HandOver = z.infer<typeof HandOver>;

export const ListHandOvers = defineRoute({
  name: 'alarms.hand-over.list',
  summary: 'Hand-over notes of an agency, newest shift first; the first one may be of the shift that is on.',
  method: 'GET',
  path: '/api/alarms/hand-over',
  query: PageQuery.omit({ q: true }).extend({ agency: Agency }),
  answer: pageOf(HandOver),
  permission: ['viewer', 'call-taker', 'dispatcher', 'supervisor', 'agency-admin'],
});

export const WriteHandOver = defineRoute({
  name: 'alarms.hand-over.write',
  summary:
    'Writes the note of the shift that is on. 409 with who was faster when it is not of the version the writer saw.',
  method: 'PUT',
  path: '/api/alarms/hand-over',
  body: z.object({
    agency: Agency,
    text: HandOverText,
    /** Of the note it replaces; absent: there was none. */
    version: z.number().int().min(1).optional(),
  }),
  answer: HandOver,
  permission: ['call-taker', 'dispatcher', 'supervisor', 'agency-admin'],
  audit: ({ body }: { body: { agency: string } }) => [`hand-over:${body.agency}`],
});
