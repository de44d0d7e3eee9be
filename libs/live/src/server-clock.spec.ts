import { describe, expect, it } from '@jest/globals';
import { ServerClock } from './server-clock.ts';

describe('the server clock', () => {
  it('believes the frame that came fastest, and slowly forgets it', () => {
    let localMs = 1_000_000;
    const clock = new ServerClock(() => localMs);
    const truth = () => localMs + 5000;
    clock.hear(truth() - 80);
    clock.hear(truth() - 3);
    clock.hear(truth() - 400);
    expect(clock.nowMs()).toBe(truth() - 3);
    localMs += 600_000;
    clock.hear(truth() - 10);
    expect(clock.nowMs()).toBe(truth() - 10);
  });

  it('follows a server whose clock is set, and no single late frame', () => {
    let localMs = 1_000_000;
    const clock = new ServerClock(() => localMs);
    const hearFor = (seconds: number, offsetMs: number) => {
      for (let second = 0; second < seconds; second += 1) clock.hear((localMs += 1000) + offsetMs);
    };
    hearFor(3, 0);
    hearFor(4, -20_000);
    hearFor(1, 0);
    hearFor(4, -20_000);
    expect(Math.abs(clock.nowMs() - localMs)).toBeLessThan(100);
    hearFor(10, -600_000);
    expect(clock.nowMs()).toBe(localMs - 600_000);
    hearFor(1, 600_000);
    expect(clock.nowMs()).toBe(localMs + 600_000);
  });

  it('goes on over a sleep, and believes the next frame more than that guess', () => {
    let localMs = 1_000_000;
    const clock = new ServerClock(() => localMs);
    clock.hear(localMs + 5000);
    clock.slept(90_000);
    localMs += 10;
    expect(clock.nowMs()).toBe(localMs + 95_000);
    clock.hear(localMs + 94_200);
    expect(clock.nowMs()).toBe(localMs + 94_200);
  });

  it('is this machine’s own before the first frame', () => {
    expect(new ServerClock(() => 42).nowMs()).toBe(42);
  });
});
