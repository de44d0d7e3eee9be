import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onDutyMs, type DutyWord } from './duty-rules.ts';

const span = { fromMs: 100, toMs: 300 };

it('counts a duty until its end, the next word, or the end of the span', () => {
  expect(onDutyMs([{ atMs: 150, duty: 'on', untilMs: 200 }], span)).toBe(50);
  expect(onDutyMs([{ atMs: 50, duty: 'on', untilMs: 400 }], span)).toBe(200);
  const goneHome: DutyWord[] = [
    { atMs: 150, duty: 'on', untilMs: 290 },
    { atMs: 180, duty: 'off' },
  ];
  expect(onDutyMs(goneHome, span)).toBe(30);
  const saidAgain: DutyWord[] = [
    { atMs: 150, duty: 'on', untilMs: 290 },
    { atMs: 200, duty: 'on', untilMs: 250 },
  ];
  expect(onDutyMs(saidAgain, span)).toBe(100);
});

it('is each moment once, however often somebody said so, and in whatever order it is heard', () => {
  const on = fc.record({ atMs: fc.nat(400), duty: fc.constant('on' as const), untilMs: fc.nat(400) });
  const off = fc.record({ atMs: fc.nat(400), duty: fc.constant('off' as const) });
  const words = fc.uniqueArray(fc.oneof(on, off), { selector: ({ atMs }) => atMs });
  const isOn = (all: DutyWord[], atMs: number) => {
    const last = all.toSorted((one, other) => one.atMs - other.atMs).findLast((word) => word.atMs <= atMs);
    return last?.duty === 'on' && atMs < (last.untilMs ?? 0);
  };
  const told = words.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all as DutyWord[], { minLength: all.length })),
  );
  fc.assert(
    fc.property(told, ([all, heard]) => {
      const moments = Array.from({ length: 200 }, (_, at) => span.fromMs + at);
      expect(onDutyMs(heard, span)).toBe(moments.filter((atMs) => isOn(all, atMs)).length);
    }),
  );
});
