import { expect, it } from '@jest/globals';
import type { IncidentLogged } from '@siaga/contracts';
import { withHeard } from './with-heard.ts';

const line = (change: number, atMs: number): IncidentLogged => ({
  ...{ entryId: `INS-00000001#${String(change)}`, step: 'noted', by: 'p1', atMs, agencies: [] },
});

it('shows a line as soon as it is heard, once, where it belongs', () => {
  const answered = [line(1, 10), line(3, 30)];
  expect(withHeard(answered, [line(3, 30)])).toBe(answered);
  const shown = withHeard(answered, [line(4, 40), line(2, 20), line(4, 40), line(3, 30)]);
  expect(shown.map(({ atMs }) => atMs)).toEqual([10, 20, 30, 40]);
});
