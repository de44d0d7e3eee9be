import { describe, expect, it } from '@jest/globals';
import { SleepWatch } from './sleep-watch.ts';

function machine() {
  let wallMs = 1_000_000;
  let monotonicMs = 500;
  return {
    watch: new SleepWatch(
      () => wallMs,
      () => monotonicMs,
    ),
    wakes: (ms: number) => {
      wallMs += ms;
      monotonicMs += ms;
    },
    sleeps: (ms: number) => {
      wallMs += ms;
    },
  };
}

describe('a machine that sleeps', () => {
  it('is noticed once, by how long it slept', () => {
    const { watch, wakes, sleeps } = machine();
    wakes(500);
    expect(watch.look()).toBe(0);
    sleeps(90_000);
    wakes(20);
    expect(watch.look()).toBe(90_000);
    wakes(500);
    expect(watch.look()).toBe(0);
  });

  it('is not taken for asleep when only the page was held up, or a clock was corrected', () => {
    const { watch, wakes, sleeps } = machine();
    wakes(60_000);
    expect(watch.look()).toBe(0);
    sleeps(800);
    expect(watch.look()).toBe(0);
    sleeps(-90_000);
    expect(watch.look()).toBe(0);
  });
});
