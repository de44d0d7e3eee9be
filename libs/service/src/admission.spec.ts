import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '@siaga/testing';
import { Admission, roomAfter, roomFor } from './admission.ts';

let door: Admission;
afterEach(() => {
  door.close();
});

/** Keeps the whole process busy, as work beyond its strength does. */
function busyFor(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) Math.sqrt(untilMs);
}

it('lets so many in, and another as soon as one has left, once', () => {
  door = new Admission({ door: 'api', most: 2 });
  const leave = door.enter();
  door.enter();
  expect(door.turnAway()).toMatchObject({ kind: 'unavailable' });
  leave();
  leave();
  expect([door.inside, door.turnAway()]).toEqual([1, undefined]);
});

it('narrows while the process is late with everything, and widens again', async () => {
  door = new Admission({ door: 'api', most: 100 });
  for (let inside = 0; inside < 60; inside += 1) door.enter();
  expect(door.turnAway()).toBeUndefined();
  const busy = setInterval(() => {
    busyFor(150);
  }, 10);
  try {
    await eventually(() => {
      expect(door.turnAway()).toMatchObject({ kind: 'unavailable' });
    });
  } finally {
    clearInterval(busy);
  }
  await eventually(() => {
    expect(door.turnAway()).toBeUndefined();
  });
});

it('narrows while the work inside takes too long, down to a quarter, and widens as soon as it does not', async () => {
  door = new Admission({ door: 'ingest', most: 100, doneWithinMs: 50 });
  const fill = (upTo: number) => {
    const leaves: (() => void)[] = [];
    while (leaves.length < upTo && door.turnAway() === undefined) leaves.push(door.enter());
    return leaves;
  };
  const work = async (forMs: number) => {
    const inside = fill(100);
    await new Promise((resolve) => setTimeout(resolve, forMs)); // how long the work takes is what is tested
    for (const leave of inside) leave();
    return inside.length;
  };
  await eventually(async () => {
    expect(await work(200)).toBe(25);
  });
  await eventually(async () => {
    expect(await work(1)).toBe(100);
  });
});

it.each([
  [100, 2, 50],
  [100, 10, 50],
  [40, 1.1, 40 / 1.1],
  [40, 2, 32],
  [32, 0.5, 40],
  [120, 0.5, 128],
])('room for %s after work that took %s times as long as it should: for %s', (room, tooLong, after) => {
  door = new Admission({ door: 'ingest', most: 128 });
  expect(roomAfter(room, { most: 128, tooLong })).toBeCloseTo(after);
});

it.each([
  [0, 128],
  [40, 128],
  [80, 64],
  [10_000, 8],
  [Number.NaN, 128],
])('%s ms late: room for %s of 128', (lateMs, room) => {
  door = new Admission({ door: 'api', most: 128 });
  expect(roomFor(lateMs, 128)).toBe(room);
});
