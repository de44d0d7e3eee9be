import { describe, expect, it } from '@jest/globals';
import { VOICE_FRAME_MS, type VoiceFrame } from '@siaga/contracts';
import { array, assert, boolean, integer, property, record } from 'fast-check';
import { ArrivalTimes, LEAST_TARGET_MS, MOST_TARGET_MS } from './arrival-times.ts';
import { JitterBuffer, SILENT_END_MS, type Played } from './jitter-buffer.ts';

const frame = (sequence: number, isLast = false): VoiceFrame => ({
  ...{ burst: 1, sequence, timeMs: sequence * VOICE_FRAME_MS, isLast, codec: 'opus' },
  payload: Uint8Array.of(sequence % 256),
});

/** Plays packets that come at their times, 20 ms each, until it ends. */
function play(arrivals: readonly { frame: VoiceFrame; atMs: number }[], links = new ArrivalTimes()) {
  const buffer = new JitterBuffer(links);
  links.begin();
  const coming = arrivals.toSorted((one, other) => one.atMs - other.atMs);
  const heard: (Played & { atMs: number })[] = [];
  for (let atMs = 0; atMs < 60_000; atMs += VOICE_FRAME_MS) {
    for (let [next] = coming; next !== undefined && next.atMs <= atMs; [next] = coming) {
      buffer.put(next.frame, next.atMs);
      coming.shift();
    }
    const played = buffer.take(atMs);
    heard.push({ ...played, atMs });
    if (played.kind === 'end' && coming.length === 0) break;
  }
  const sequences = heard.flatMap((one) => (one.kind === 'frame' ? [one.frame.sequence] : []));
  const begun = heard.slice(
    heard.findIndex(({ kind }) => kind === 'frame'),
    heard.findLastIndex(({ kind }) => kind === 'frame') + 1,
  );
  const gaps = begun.filter(({ kind }) => kind === 'gap').length;
  return { heard, sequences, gaps, counted: buffer.heard, links };
}

const even = (count: number, delay: (sequence: number) => number = () => 30) =>
  Array.from({ length: count }, (_, sequence) => ({
    frame: frame(sequence, sequence === count - 1),
    atMs: sequence * VOICE_FRAME_MS + delay(sequence),
  }));
const upTo = (count: number) => Array.from({ length: count }, (_, sequence) => sequence);

describe('a burst on its way to the ear', () => {
  it('is played whole and evenly, soon after it comes, and ends with its last packet', () => {
    const { sequences, gaps, heard, counted } = play(even(50));
    expect(sequences).toEqual(upTo(50));
    expect(gaps).toBe(0);
    const first = heard.find(({ kind }) => kind === 'frame')!;
    expect(first.atMs).toBeLessThanOrEqual(30 + LEAST_TARGET_MS + VOICE_FRAME_MS);
    expect(counted).toEqual({ received: 50, lost: 0, late: 0, repeated: 0 });
    expect(heard.at(-1)!.atMs - heard.findLast(({ kind }) => kind === 'frame')!.atMs).toBe(VOICE_FRAME_MS);
  });

  it('begins at once with what was said before the permit, and says that it is behind', () => {
    const { sequences, heard } = play(even(50, (sequence) => Math.max(500 - sequence * VOICE_FRAME_MS, 30)));
    expect(sequences).toEqual(upTo(50));
    const first = heard.find(({ kind }) => kind === 'frame')!;
    expect(first).toMatchObject({ atMs: 500, isBehind: true });
  });

  it('marks what is missing, and leaves a long hole out', () => {
    const some = play(even(50).filter(({ frame: { sequence } }) => sequence < 20 || sequence > 22));
    expect([some.gaps, some.counted.lost]).toEqual([3, 3]);
    const long = play(even(200).filter(({ frame: { sequence } }) => sequence < 20 || sequence > 90));
    expect(long.counted.lost).toBe(71);
    expect(long.sequences.at(-1)).toBe(199);
  });

  it('waits longer where packets come unevenly, so that the next burst has no gap', () => {
    const uneven = (sequence: number) => (sequence % 7 === 3 ? 150 : 10);
    const first = play(even(100, uneven));
    const second = play(even(100, uneven), first.links);
    expect(first.links.targetMs).toBeGreaterThan(140);
    expect(second.gaps).toBe(0);
    expect(second.sequences).toEqual(upTo(100));
  });

  it('ends by itself where nothing comes any more, and goes on where something comes yet', () => {
    const stalled = even(60, (sequence) => (sequence < 20 ? 30 : 1500)).filter(({ frame: { isLast } }) => !isLast);
    const { heard, sequences } = play(stalled);
    expect(sequences).toEqual(upTo(59));
    const ended = heard.find(({ kind }) => kind === 'end' && heard.length > 0);
    expect(ended).toBeDefined();
    const lastMs = Math.max(...stalled.map(({ atMs }) => atMs));
    expect(heard.at(-1)!.atMs).toBeGreaterThanOrEqual(lastMs + SILENT_END_MS);
  });

  it('whatever comes in whatever order: nothing twice, nothing backwards, everything counted, always an end', () => {
    const packet = record({
      sequence: integer({ min: 0, max: 400 }),
      delayMs: integer({ min: 0, max: 900 }),
      isLast: boolean(),
    });
    assert(
      property(array(packet, { minLength: 1, maxLength: 120 }), (packets) => {
        const coming = packets.map(({ sequence, delayMs, isLast }) => ({
          frame: frame(sequence, isLast && sequence > 390),
          atMs: sequence * VOICE_FRAME_MS + delayMs,
        }));
        const { sequences, heard, counted, links } = play(coming);
        expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other));
        expect(heard.at(-1)!.kind).toBe('end');
        expect(counted.received).toBe(packets.length);
        expect(counted.received).toBe(sequences.length + counted.late + counted.repeated);
        expect(links.targetMs).toBeGreaterThanOrEqual(LEAST_TARGET_MS);
        expect(links.targetMs).toBeLessThanOrEqual(MOST_TARGET_MS);
      }),
    );
  });
});
