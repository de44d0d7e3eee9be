import { expect, it } from '@jest/globals';
import type { BookedSlot } from '@siaga/contracts';
import { tripAhead, type QueuedTrip } from './trip-ahead.ts';

const slot = (bookingId: string, over: Partial<BookedSlot> = {}): BookedSlot => ({
  ...{ bookingId, purpose: 'control', pickUpAtMs: 1, expectedReturnAtMs: 2, status: 'planned', seq: 1, ...over },
});
const pressed = (bookingId: string, what: QueuedTrip['what']): QueuedTrip => ({ key: what, bookingId, what, atMs: 1 });
const day = [slot('PSN-1'), slot('PSN-2')];
const seen = (slots: readonly BookedSlot[], ...waiting: object[]) => {
  const ahead = tripAhead(slots, waiting);
  return ahead === undefined ? undefined : `${ahead.bookingId} ${ahead.status}`;
};

it('is what is on its way, else the first that is planned', () => {
  expect([seen(day), seen([slot('PSN-1'), slot('PSN-2', { status: 'under-way' })]), seen([])]).toEqual([
    'PSN-1 planned',
    'PSN-2 under-way',
    undefined,
  ]);
});

it('counts what was pressed before the city knows: begun it is on its way, ended it is gone', () => {
  const job = { key: 'x', unitId: 'AMB-1', assignmentId: 'TGS-1', status: 'accepted', atMs: 1 };
  expect(seen(day, job, pressed('PSN-2', 'begin'))).toBe('PSN-2 under-way');
  expect(seen(day, pressed('PSN-1', 'begin'), pressed('PSN-1', 'end'))).toBe('PSN-2 planned');
});
