import { expect, it } from '@jest/globals';
import { TelephoneEvent } from '@siaga/contracts';
import fc from 'fast-check';
import { RINGS_MS } from './call-life.ts';
import { callerNameOf, callerNumberOf, isAnother, marked, saidByMarks } from './telephone-rules.ts';

const startMs = Date.parse('2026-01-15T03:04:05Z');
const events = fc.uniqueArray(
  fc.record({ event: fc.constantFrom(...TelephoneEvent.shape.event.options), atMs: fc.integer({ min: 0, max: 9e5 }) }),
  { minLength: 1, maxLength: 6, selector: ({ event, atMs }) => `${event} ${String(atMs)}` },
);

it('comes to the same whatever arrives late, twice or out of order', () => {
  const shuffled = events.chain((once) =>
    fc.tuple(fc.constant(once), fc.shuffledSubarray([...once, ...once], { minLength: once.length * 2 })),
  );
  fc.assert(
    fc.property(shuffled, ([once, again]) => {
      const all = (said: typeof once) => said.reduce((marks, { event, atMs }) => marked(marks, { event }, atMs), {});
      expect(saidByMarks(all(again), 1e6)).toEqual(saidByMarks(all(once), 1e6));
    }),
  );
});

it('rings for a minute, then nobody answered', () => {
  const marks = { ringing: startMs };
  expect(saidByMarks(marks, startMs + RINGS_MS - 1)).toEqual({ status: 'ringing', startedAtMs: startMs });
  expect(saidByMarks(marks, startMs + RINGS_MS).status).toBe('unanswered');
});

it('keeps a call that is only known by its end as one nobody answered', () => {
  for (const event of ['ended', 'abandoned'] as const)
    expect(saidByMarks({ [event]: startMs }, startMs)).toEqual({
      ...{ status: 'unanswered', startedAtMs: startMs, endedAtMs: startMs },
    });
  const externally = { ringing: startMs, claimed_externally: startMs + 5000, ended: startMs + 60_000 };
  expect(saidByMarks(externally, startMs + 1e6)).toMatchObject({ status: 'call-back', answeredAtMs: startMs + 5000 });
  const talking = { ringing: startMs, claimed_externally: startMs + 5000 };
  expect(saidByMarks(talking, startMs + 1e6).status).toBe('talking');
});

it('takes what comes hours after the end for another call of the same name', () => {
  const after = (marks: object) => [6, 7].map((hours) => isAnother(marks, startMs + hours * 3_600_000));
  expect([after({ ended: startMs }), after({ abandoned: startMs }), after({ ringing: startMs })]).toEqual([
    [false, true],
    [false, true],
    [false, false],
  ]);
});

it('reads numbers as people write them, and takes no word for one', () => {
  const said = (caller_number: string | null, caller_name: string | null = null) => ({
    ...{ event: 'ringing' as const, call_id: 'a', event_ts: '2026-01-15T03:04:05Z', caller_number, caller_name },
  });
  expect(callerNumberOf(said('+62 812-3456-7890'))).toBe('+6281234567890');
  expect([said('anonymous'), said(''), said(null)].map(callerNumberOf)).toEqual([undefined, undefined, undefined]);
  expect([callerNameOf(said(null, ' Bu\u0007 Sri ')), callerNameOf(said(null, ' '))]).toEqual(['Bu  Sri', undefined]);
});
