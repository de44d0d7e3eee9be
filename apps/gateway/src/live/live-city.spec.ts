import { describe, expect, it } from '@jest/globals';
import { wasteFixes, type Frame } from '@siaga/contracts';
import { maskOf } from './eyes.ts';
import { LiveCity, type Screen } from './live-city.ts';
import { StreamState } from './stream-state.ts';

const wish = { streams: new Set([wasteFixes]), eyes: maskOf(['dlh']), area: null, since: undefined };

class WritableScreen implements Screen {
  readonly frames: Frame[] = [];

  isWritable(): boolean {
    return true;
  }
  send(frame: Frame): void {
    this.frames.push(frame);
  }
  join(): void {}
  leave(): void {}
  cut(): void {}
}

/** A city in which nothing has happened. */
function quietCity() {
  const woken: string[] = [];
  const city = new LiveCity({
    now: () => 1_800_000_000_000,
    broadcast: () => undefined,
    wake: (when) => woken.push(when),
    inTouch: () => true,
    ends: () => undefined,
  });
  const ends = Array.from({ length: wasteFixes.partitions }, () => ({ first: 0, next: 0 }));
  const state = new StreamState([{ stream: wasteFixes, events: [], topic: 'fixes', logId: 'one', ends }]);
  state.caughtUp();
  city.open(state);
  woken.length = 0;
  return { city, woken };
}

describe('screens that come back together', () => {
  it('wait for a tick of their own, which answers all of them with one frame', () => {
    const { city, woken } = quietCity();
    const screens = Array.from({ length: 3 }, () => new WritableScreen());
    for (const screen of screens) city.subscribe(screen, wish, () => undefined);
    expect(new Set(woken)).toEqual(new Set(['soon']));
    expect(screens.flatMap(({ frames }) => frames)).toEqual([]);
    city.tick();
    const [first] = screens[0]!.frames;
    for (const { frames } of screens) expect([frames.length, frames[0] === first]).toEqual([1, true]);
  });
});

describe('a screen whose eyes change', () => {
  it('gets a snapshot at once, also when they are the old ones again before it is answered', () => {
    const { city, woken } = quietCity();
    const screen = new WritableScreen();
    city.subscribe(screen, wish, () => undefined);
    city.tick();
    woken.length = 0;
    city.see(screen, maskOf(['polres']));
    city.see(screen, wish.eyes);
    expect(woken).toContain('at once');
    city.tick();
    expect(screen.frames.map(({ part }) => part)).toEqual(Array(2).fill({ index: 0, last: true }));
    city.see(screen, wish.eyes);
    city.tick();
    expect(screen.frames).toHaveLength(2);
  });
});
