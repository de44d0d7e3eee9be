import { describe, expect, it } from '@jest/globals';
import type { Facts } from './facts.ts';
import { openSteps, progressOf, standingsOf, type StepName } from './standing.ts';

const nowMs = Date.parse('2026-11-22T05:00:00Z');
const minuteMs = 60_000;
const storage = { usedBytes: 1, freeBytes: 1, full: false, sinceMs: nowMs - minuteMs };

/** The city of a first minute, reachable by phones. */
const fresh: Facts = {
  nowMs,
  account: undefined,
  isHereOnly: false,
  moved: [],
  seen: [],
  refused: [],
  trucks: 0,
  people: { answer: { cameIn: [], invited: [] }, failure: undefined },
  screens: { answer: [], failure: undefined },
  backup: { by: 'siaga', storage },
  isTrackerSkipped: false,
  begin: { beganAtMs: undefined, isAnythingSimulated: true },
};
const standing = (name: StepName, facts: Partial<Facts>) => standingsOf({ ...fresh, ...facts })[name];
const seen = (deviceId: string, protocol: 'osmand' | 'traccar' = 'osmand') => ({
  ...{ deviceId, protocol, firstSeenMs: nowMs, lastSeenMs: nowMs, count: 1, lastRaw: '' },
});
const moved = (truckId: string, protocol: 'osmand' | 'owntracks' | 'traccar') => ({ truckId, protocol, atMs: nowMs });
const refusal = { truckId: 'DLH-01', reason: 'clock-ahead', atMs: nowMs - minuteMs } as const;

describe('the first hour', () => {
  it('begins with nothing done, and only waits for what comes by itself', () => {
    const standings = standingsOf(fresh);
    expect(Object.values(standings).map(({ at }) => at)).toEqual(
      // account, phone, tracker, trucks, people, screen, backup, begin
      ['open', 'waiting', 'open', 'open', 'open', 'open', 'open', 'open'],
    );
    expect(progressOf(standings)).toEqual({ done: 0, of: 8 });
    expect(openSteps(standings)).not.toContain('begin');
  });

  it('ends with everything done, and a step that is left out is not counted', () => {
    const standings = standingsOf({
      ...fresh,
      account: 'Sari',
      moved: [moved('DLH-01', 'owntracks')],
      trucks: 3,
      people: { answer: { cameIn: ['Budi', 'Rani'], invited: ['Tono'] }, failure: undefined },
      screens: { answer: [{ name: 'Dinding', lastSeenAtMs: nowMs - 14 * minuteMs }], failure: undefined },
      backup: { by: 'siaga', storage: { ...storage, lastBackup: { atMs: nowMs, bytes: 9 } } },
      isTrackerSkipped: true,
      begin: { beganAtMs: nowMs, isAnythingSimulated: false },
    });
    expect(progressOf(standings)).toEqual({ done: 7, of: 7 });
    expect(openSteps(standings)).toEqual([]);
  });
});

describe('a phone', () => {
  it('cannot come where nobody listens, and that is said', () => {
    expect(standing('phone', { isHereOnly: true })).toEqual({ at: 'failed', note: { say: 'why-here-only' } });
  });

  it('is seen before it is on a truck, and needs one first', () => {
    const facts = { seen: [seen('hp-1')], isHereOnly: true };
    expect(standing('phone', facts).note).toEqual({ say: 'seen-no-truck', deviceId: 'hp-1' });
    expect(standing('phone', { ...facts, trucks: 1 })).toEqual({
      at: 'waiting',
      note: { say: 'seen', deviceId: 'hp-1' },
    });
  });

  it('that is refused says why, unless it was long ago', () => {
    expect(standing('phone', { refused: [refusal] })).toEqual({
      at: 'failed',
      note: { say: 'why-refused', ...refusal },
    });
    const yesterday = { ...refusal, atMs: nowMs - 25 * 60 * minuteMs };
    expect(standing('phone', { refused: [yesterday] }).at).toBe('waiting');
  });

  it('is on the map with its first report', () => {
    expect(standing('phone', { moved: [moved('DLH-01', 'osmand')], refused: [refusal] }).at).toBe('done');
    expect(standing('phone', { moved: [moved('DLH-01', 'traccar')] }).at).toBe('waiting');
  });
});

describe('a tracker', () => {
  it('comes by a Traccar server, or is a second device', () => {
    expect(standing('tracker', { moved: [moved('A', 'osmand')] }).at).toBe('open');
    expect(standing('tracker', { moved: [moved('A', 'osmand'), moved('B', 'osmand')] }).at).toBe('done');
    expect(standing('tracker', { moved: [moved('A', 'traccar')] }).at).toBe('done');
  });

  it('is not taken for the phone of the step before', () => {
    expect(standing('tracker', { seen: [seen('hp-1')] }).at).toBe('open');
    expect(standing('tracker', { seen: [seen('imei', 'traccar')] }).at).toBe('waiting');
    expect(standing('tracker', { seen: [seen('hp-2')], moved: [moved('A', 'osmand')] }).at).toBe('waiting');
  });
});

describe('people, screens, backups', () => {
  it('waits for people until two have come in', () => {
    const people = (cameIn: string[], invited: string[]) =>
      standing('people', { people: { answer: { cameIn, invited }, failure: undefined } });
    expect(people([], ['Budi'])).toEqual({ at: 'waiting', note: { say: 'invited', names: ['Budi'] } });
    expect(people(['Budi'], []).note).toEqual({ say: 'one-more', names: ['Budi'] });
    expect(people(['Budi', 'Rani'], []).at).toBe('done');
  });

  it('says so when nobody can tell', () => {
    const failure = 'Server kota tidak menjawab.';
    const note = { say: 'why-no-answer', why: failure };
    const silent = { answer: undefined, failure };
    expect(standing('people', { people: silent })).toEqual({ at: 'failed', note });
    expect(standing('screen', { screens: silent })).toEqual({ at: 'failed', note });
    expect(standing('backup', { backup: { by: 'unheard' } }).at).toBe('waiting');
  });

  it('takes the screen that was seen last, and names one that is dark', () => {
    const screen = (name: string, minutesAgo?: number) => ({
      name,
      lastSeenAtMs: minutesAgo === undefined ? undefined : nowMs - minutesAgo * minuteMs,
    });
    const answer = [screen('Lobi'), screen('Dinding', 16)];
    const dark = standing('screen', { screens: { answer, failure: undefined } });
    expect(dark).toMatchObject({ at: 'failed', note: { say: 'why-screen-dark', name: 'Dinding' } });
    const lit = standing('screen', { screens: { answer: [...answer, screen('Ruang', 15)], failure: undefined } });
    expect(lit).toMatchObject({ at: 'done', note: { name: 'Ruang' } });
    expect(standing('screen', { screens: { answer: [screen('Lobi')], failure: undefined } }).at).toBe('waiting');
  });

  it('wants a backup of the last day, or a word that somebody else makes it', () => {
    const backup = (hoursAgo: number) =>
      standing('backup', {
        backup: {
          by: 'siaga',
          storage: { ...storage, lastBackup: { atMs: nowMs - hoursAgo * 60 * minuteMs, bytes: 9 } },
        },
      });
    expect(backup(25).at).toBe('done');
    expect(backup(27)).toMatchObject({ at: 'failed', note: { say: 'why-backup-old' } });
    expect(standing('backup', { backup: { by: 'databases', isSaid: false } }).at).toBe('open');
    expect(standing('backup', { backup: { by: 'databases', isSaid: true } }).at).toBe('done');
  });
});

it('a city has begun once nothing simulated is left, and says so when that takes too long', () => {
  const begun = (agoMs: number, isAnythingSimulated: boolean) =>
    standing('begin', { begin: { beganAtMs: nowMs - agoMs, isAnythingSimulated } });
  expect(begun(1000, true).at).toBe('waiting');
  expect(begun(61_000, true)).toEqual({ at: 'failed', note: { say: 'why-not-cleared' } });
  expect(begun(61_000, false)).toMatchObject({ at: 'done', note: { say: 'begun' } });
});
