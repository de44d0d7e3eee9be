import { expect, it } from '@jest/globals';
import type { Entry } from './operation.ts';
import { recoveries } from './recovery.ts';

const entry = (lane: string, startedAtMs: number, facts: readonly string[]): Entry => ({
  number: 1,
  driver: '',
  lane,
  operation: { says: '', every: facts, latest: [], documents: [] },
  ending: 'ok',
  attempts: 1,
  startedAtMs,
  endedAtMs: startedAtMs + 5,
});
const screen = (...seen: [string, number][]) => ({ firstSeen: new Map(seen) });
const lanes = ['fixes', 'trucks'];
const entries = [entry('fixes', 90, ['before']), entry('fixes', 110, ['f']), entry('trucks', 120, ['t'])];

it('is when a lane has brought something new to every screen', () => {
  const screens = [screen(['before', 95], ['f', 130], ['t', 140]), screen(['before', 95], ['f', 150], ['t', 135])];
  expect([...recoveries(100, { lanes, entries, screens })]).toEqual([
    ['fixes', 150],
    ['trucks', 140],
  ]);
});

it('is not yet while one screen, or one lane, has nothing new', () => {
  const screens = [screen(['f', 130], ['t', 140]), screen(['f', 130])];
  expect(recoveries(100, { lanes, entries, screens }).get('trucks')).toBe(Infinity);
  expect(recoveries(115, { lanes, entries, screens: [screen(['f', 130], ['t', 140])] }).get('fixes')).toBe(Infinity);
});

it('counts no repeat, which shows nothing', () => {
  const repeats = [entry('fixes', 110, [])];
  expect(recoveries(100, { lanes: ['fixes'], entries: repeats, screens: [screen()] }).get('fixes')).toBe(Infinity);
});
