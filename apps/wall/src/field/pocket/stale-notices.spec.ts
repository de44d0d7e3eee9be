import { expect, it } from '@jest/globals';
import { closeBefore, noticeOf } from './push-notice.ts';
import { closeAllBut } from './stale-notices.ts';

/** Notices as a phone shows them, and which of them still stand. */
function lockScreen(pushed: readonly object[]) {
  const standing = new Set<string>();
  const notices = pushed.map((one) => {
    const { tag = '', data } = noticeOf({ json: () => one }).options;
    standing.add(tag);
    return { tag, data: data as unknown, close: () => void standing.delete(tag) };
  });
  return { notices, standing };
}

const first = { assignmentId: 'TGS-00000001', unitName: 'Ambulans Satu', sentAtMs: 1 };
const second = { assignmentId: 'TGS-00000002', unitName: 'Ambulans Satu', sentAtMs: 2 };
const other = { assignmentId: 'TGS-00000003', unitName: 'Ambulans Dua', sentAtMs: 3 };

it('takes off everything but the job that nobody has accepted, and all of it when there is none', () => {
  const { notices, standing } = lockScreen([first, other]);
  closeAllBut(notices, 'TGS-00000003');
  expect([...standing]).toEqual(['TGS-00000003']);
  closeAllBut(notices, undefined);
  expect(standing.size).toBe(0);
});

it('takes off the job before of the same unit when the next one comes, and no other unit’s', () => {
  const { notices, standing } = lockScreen([first, other]);
  const next = noticeOf({ json: () => second }).options;
  closeBefore(notices, { tag: next.tag ?? '', data: next.data });
  expect([...standing]).toEqual(['TGS-00000003']);
});

it('takes nothing off for what could not be read', () => {
  const { notices, standing } = lockScreen([first]);
  const next = noticeOf(null).options;
  closeBefore(notices, { tag: next.tag ?? '', data: next.data });
  expect([...standing]).toEqual(['TGS-00000001']);
});
