import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePosition, encodePosition, type Position } from '../../apps/gateway/src/live/position.ts';
import { anAction, anArea, anAsker, Scene } from './scene.ts';
import { Wall } from './wall.ts';

// A position is what a client says of itself: whatever it says, it is told nothing that it may not see (the walls look at
// each frame that is sent to them), and unless it says so with eyes of its own it ends up with exactly what it may see.

const settings = { compaction: false, partBytes: 500 };
const aStory = fc.record({
  who: fc.array(fc.record({ asker: anAsker, area: anArea }), { minLength: 4, maxLength: 4 }),
  actions: fc.array(anAction, { minLength: 20, maxLength: 100 }),
});
type Story = typeof aStory extends fc.Arbitrary<infer Value> ? Value : never;

/** Everybody has seen everything of a story. */
function told({ who, actions }: Story): Scene {
  const scene = new Scene(who, settings);
  for (const [step, action] of actions.entries()) scene.act(action, step);
  scene.settle();
  return scene;
}

const positionOf = (wall: Wall): Position => {
  const position = decodePosition(wall.applied.position ?? '');
  if (position === undefined) throw new Error('this wall has applied nothing');
  return position;
};
const [theOne, theOther] = [0, 1];

/** Another screen of whoever sits at the first wall comes with a position that it did not get. */
function comeWith(scene: Scene, forged: Position): Wall {
  const { asker, area } = scene.walls[theOne]!;
  const wall = new Wall(asker, area, () => scene.log);
  scene.walls.push(wall);
  wall.connect(scene.gateways[0]!, forged);
  scene.settle();
  return wall;
}

describe('a position that somebody did not get himself', () => {
  it('of other eyes brings a clean snapshot', () => {
    fc.assert(
      fc.property(aStory, aStory, (story, other) => {
        const scene = told(story);
        const foreign = positionOf(told(other).walls[theOther]!);
        const ours = positionOf(scene.walls[theOne]!).epoch;
        fc.pre(foreign.epoch !== ours);
        const wall = comeWith(scene, foreign);
        expect(wall.applied.position).toContain(ours);
        const { moved, incidents } = wall.expected();
        expect(wall.shown()).toEqual({ moved, incidents });
      }),
      { numRuns: 300 },
    );
  });

  it('made up for his own eyes tells nothing that they may not see', () => {
    const anOffset = fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
    const aForgery = fc.record({
      offsets: fc.array(anOffset, { maxLength: 4 }),
      atMs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      isMarked: fc.boolean(),
      mark: fc.record({ partition: fc.nat({ max: 3 }), offset: anOffset, id: fc.stringMatching(/^[\w-]{4}$/) }),
    });
    fc.assert(
      fc.property(aStory, aForgery, (story, { offsets, atMs, isMarked, mark }) => {
        const scene = told(story);
        const own = positionOf(scene.walls[theOne]!);
        const [code = ''] = own.vector.keys();
        const vector = new Map([...own.vector.keys()].map((name) => [name, offsets]));
        const forged = { ...own, atMs, vector, ...(isMarked ? { mark: { code, ...mark } } : {}) };
        const read = decodePosition(encodePosition(forged));
        if (read !== undefined) comeWith(scene, read);
      }),
      { numRuns: 300 },
    );
  });
});
