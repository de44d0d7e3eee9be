import { describe, expect, it } from '@jest/globals';
import { encodeEvent } from '@siaga/bus';
import { FixRecorded, wasteFixes } from '@siaga/contracts';
import { maskOf } from './eyes.ts';
import { decodePosition } from './position.ts';
import { SharedAnswers } from './shared-answers.ts';
import { StreamState } from './stream-state.ts';
import { viewOf } from './views.ts';

const NOW_MS = 1_800_000_000_000;

function cityOf(fixes: number) {
  const ends = Array.from({ length: wasteFixes.partitions }, () => ({ first: 0, next: 0 }));
  const state = new StreamState([
    { stream: wasteFixes, events: [FixRecorded], topic: '3574.waste.fixes', logId: 'one', ends },
  ]);
  state.caughtUp();
  const append = (number: number) => {
    const fix = { fixId: `f${number}`, truckId: 'T', protocol: 'osmand' as const, deviceId: '1', atMs: 1 };
    const meta = { city: '3574', source: 'test', exercise: false };
    const record = encodeEvent(FixRecorded, { ...fix, receivedAtMs: 1, lat: -7.7, lng: 113 }, meta);
    state.advance(wasteFixes, 0, [{ ...record, partition: 0, offset: number, timeMs: NOW_MS }]);
  };
  for (let number = 0; number < fixes; number += 1) append(number);
  const view = (agency: 'dlh' | 'polres') =>
    viewOf(state, { streams: new Set([wasteFixes]), eyes: maskOf([agency]), area: null });
  const ask = (shared: SharedAnswers, agency: 'dlh' | 'polres', since: string | undefined, nowMs: number) => {
    const answer = shared.to(state, view(agency), since === undefined ? undefined : decodePosition(since), nowMs);
    if (answer === 'ahead') throw new Error('nothing here is ahead');
    return answer.frames.map((frame) => frame(nowMs));
  };
  return { append, ask };
}
const idsIn = (frames: readonly { every: readonly (readonly unknown[])[] }[]) =>
  frames.flatMap(({ every }) => every.map(([, , , id]) => id));

describe('answers to screens that come back together', () => {
  it('are the same frames for the same question', () => {
    const { append, ask } = cityOf(1);
    const shared = new SharedAnswers();
    const since = ask(shared, 'dlh', undefined, NOW_MS)[0]!.position;
    append(1);
    const one = ask(shared, 'dlh', since, NOW_MS + 10);
    expect(idsIn(one)).toEqual(['f1']);
    expect(ask(shared, 'dlh', since, NOW_MS + 20)[0]).toBe(one[0]);
  });

  it('are never those of another position, another audience, or before the log went on', () => {
    const { append, ask } = cityOf(1);
    const shared = new SharedAnswers();
    const first = ask(shared, 'dlh', undefined, NOW_MS)[0]!.position;
    append(1);
    const second = ask(shared, 'dlh', first, NOW_MS)[0]!.position;
    append(2);
    expect(idsIn(ask(shared, 'dlh', first, NOW_MS))).toEqual(['f1', 'f2']);
    expect(idsIn(ask(shared, 'dlh', second, NOW_MS))).toEqual(['f2']);
    expect(idsIn(ask(shared, 'polres', first, NOW_MS))).toEqual([]);
    append(3);
    expect(idsIn(ask(shared, 'dlh', second, NOW_MS))).toEqual(['f2', 'f3']);
  });

  it('tell the time of when they are sent', () => {
    const { ask } = cityOf(1);
    const shared = new SharedAnswers();
    ask(shared, 'dlh', undefined, NOW_MS);
    expect(ask(shared, 'dlh', undefined, NOW_MS + 5000)[0]!.at).toBe(NOW_MS + 5000);
  });
});
