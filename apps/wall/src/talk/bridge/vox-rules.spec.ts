import { describe, expect, it } from '@jest/globals';
import { array, assert, boolean, integer, property, record } from 'fast-check';
import { levelDbOf } from '../speak/speech-level.ts';
import { usualVox, voxStep, type VoxInput, type VoxState } from './vox-rules.ts';

const BLOCK_MS = 20;
const RATE = 16_000;

/** Listens to a cable block by block, and says when it pressed and let go, ms. */
function listen(inputs: readonly Omit<VoxInput, 'nowMs'>[]) {
  let state: VoxState = { at: 'silent' };
  const did: { does: 'press' | 'release'; atMs: number }[] = [];
  inputs.forEach((input, at) => {
    const nowMs = at * BLOCK_MS;
    const { state: next, does } = voxStep(state, { ...input, nowMs }, usualVox);
    state = next;
    if (does !== undefined) did.push({ does, atMs: nowMs });
  });
  return { did, state };
}
/** So many blocks of sound: `(t) => sample`, as a sound card gives them. */
const sound = (forMs: number, sampleAt: (second: number) => number) =>
  Array.from({ length: forMs / BLOCK_MS }, (_, block) => {
    const samples = Float32Array.from({ length: (RATE * BLOCK_MS) / 1000 }, (__, at) =>
      sampleAt(block * (BLOCK_MS / 1000) + at / RATE),
    );
    return { levelDb: levelDbOf(samples), isPlaying: false };
  });
const tone = (second: number) => 0.3 * Math.sin(2 * Math.PI * 440 * second);
const hum = (second: number) => 0.004 * Math.sin(2 * Math.PI * 50 * second);

describe('a radio on a cable', () => {
  it('is pressed for once for each time somebody speaks, and let go after the hang time', () => {
    const { did } = listen([...sound(1000, hum), ...sound(2000, tone), ...sound(400, hum), ...sound(600, tone), ...sound(3000, hum)]); // prettier-ignore
    expect(did.map(({ does }) => does)).toEqual(['press', 'release']);
    expect(did[0]?.atMs).toBe(1000 + usualVox.attackMs);
    expect(did[1]?.atMs).toBeGreaterThanOrEqual(4000 + usualVox.hangMs - BLOCK_MS);
  });

  it('hears no hum, and no click of a squelch', () => {
    const clicks = Array.from({ length: 20 }, () => [...sound(40, tone), ...sound(200, hum)]).flat();
    expect(listen([...sound(5000, hum), ...clicks]).did).toEqual([]);
  });

  it('does not take for speech what it plays itself, nor the tail of it', () => {
    const played = sound(3000, tone).map((block) => ({ ...block, isPlaying: true }));
    const { did } = listen([...played, ...sound(usualVox.guardMs - 100, tone), ...sound(2000, hum)]);
    expect(did).toEqual([]);
  });

  it('lets a carrier go that hangs, and takes it again only when it was silent', () => {
    const { did, state } = listen(sound(40_000, tone));
    expect(did.map(({ does }) => does)).toEqual(['press', 'release']);
    expect(state.at).toBe('stuck');
    expect(listen([...sound(40_000, tone), ...sound(1000, hum), ...sound(1000, tone)]).did).toHaveLength(3);
  });

  it('does not forget a carrier that hangs because the group was heard meanwhile', () => {
    const hangs = sound(30_000, tone);
    const played = sound(2000, tone).map((block) => ({ ...block, isPlaying: true }));
    const { did } = listen([...hangs, ...played, ...sound(10_000, tone)]);
    expect(did.map(({ does }) => does)).toEqual(['press', 'release']);
    expect(listen([...hangs, ...played, ...sound(3000, hum), ...sound(1000, tone)]).did).toHaveLength(3);
  });

  it('whatever comes: presses and releases in turn, never while it plays nor in the guard after it, never beyond the longest', () => {
    const looks = array(record({ levelDb: integer({ min: -80, max: 0 }), isPlaying: boolean(), forBlocks: integer({ min: 1, max: 200 }) }), { maxLength: 60 }); // prettier-ignore
    assert(
      property(looks, (all) => {
        const inputs = all.flatMap(({ forBlocks, ...input }) => Array.from({ length: forBlocks }, () => input));
        const { did } = listen(inputs);
        did.forEach(({ does, atMs }, at) => {
          expect(does).toBe(at % 2 === 0 ? 'press' : 'release');
          if (does === 'press') {
            const guard = inputs.slice(Math.max(0, (atMs - usualVox.guardMs) / BLOCK_MS + 1), atMs / BLOCK_MS + 1);
            expect(guard.some(({ isPlaying }) => isPlaying)).toBe(false);
          } else expect(atMs - (did[at - 1]?.atMs ?? 0)).toBeLessThanOrEqual(usualVox.longestMs);
        });
      }),
      { numRuns: 200 },
    );
  });
});
