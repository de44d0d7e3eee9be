import { expect, it } from '@jest/globals';
import { Fault } from '@siaga/contracts';
import { isFinal, noRecordingBy, NoRecording, problemOf, unrecorded } from './clip-trouble.ts';

it('only a recording that is not there or is too large is given up at once', () => {
  expect([404, 401, 403, 500, 502, 503].filter((status) => isFinal(noRecordingBy(status)))).toEqual([404]);
  expect(isFinal(new Fault('too-large', 'x'))).toBe(true);
  const refused = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
  const others = [refused, new Fault('unavailable', 'x'), new Fault('not-found', 'x'), new NoRecording(unrecorded)];
  expect(others.filter(isFinal)).toEqual([]);
  expect(problemOf(refused)).toContain('ECONNREFUSED');
  expect(problemOf(noRecordingBy(502))).toContain('HTTP 502');
});
