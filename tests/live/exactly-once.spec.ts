import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { anAction, anArea, anAsker, Scene } from './scene.ts';

// The promise: whatever is cut, stalled, restarted or repeated, what a screen has applied is the log – every value, every
// event once, nothing backward, nothing it may not see, while who sits there changes. Random cities, screens and gateways; no sockets, no clock.

const scenes = (compaction: boolean) =>
  fc.record({
    who: fc.array(fc.record({ asker: anAsker, area: anArea }), { minLength: 4, maxLength: 4 }),
    actions: fc.array(anAction, { minLength: 20, maxLength: 150 }),
    settings: fc.record({ compaction: fc.constant(compaction), partBytes: fc.constantFrom(150, 500, 65_536) }),
  });
type Story = ReturnType<typeof scenes> extends fc.Arbitrary<infer Value> ? Value : never;

function live({ who, actions, settings }: Story): void {
  const scene = new Scene(who, settings);
  for (const [step, action] of actions.entries()) scene.act(action, step);
  scene.settle();
  scene.check();
}

describe('a screen shows exactly the log', () => {
  it('through cuts, stalls, moves, repeats, restarts and other eyes, with values out of order', () => {
    fc.assert(fc.property(scenes(false), live), { numRuns: 800 });
  });

  it('and when the log has been compacted before a gateway starts', () => {
    fc.assert(fc.property(scenes(true), live), { numRuns: 800 });
  });
});
