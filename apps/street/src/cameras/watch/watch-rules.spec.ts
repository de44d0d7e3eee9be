import { describe, expect, it } from '@jest/globals';
import type { CameraHealth } from '@siaga/contracts';
import fc from 'fast-check';
import { depthOf, nextLookMs, observed, paceOf, type Watched } from './watch-rules.ts';

const pace = paceOf(60_000);
const healths = ['live', 'unreachable', 'refused', 'no-stream', 'frozen', 'black'] as const satisfies CameraHealth[];
const start: Watched = { health: 'live', sinceMs: 0, checkedAtMs: 0 };
const seenAt = (atMs: number, health: CameraHealth) =>
  ({ atMs, health, judged: 'not-judged', hadPicture: health === 'live' }) as const;

/** Looks, each so long after the one before. */
const looks = fc.array(fc.record({ afterMs: fc.integer({ min: 1000, max: 200_000 }), health: fc.constantFrom(...healths) }), { maxLength: 60 }); // prettier-ignore

/** Every look with what was believed before and after it. */
function played(all: readonly { afterMs: number; health: CameraHealth }[]) {
  let [watched, atMs] = [start, 0];
  return all.map(({ afterMs, health }) => {
    atMs += afterMs;
    const before = watched;
    watched = observed(before, seenAt(atMs, health), pace);
    return { atMs, health, before, after: watched };
  });
}

describe('what is believed of a camera', () => {
  it('is trouble only when every look of at least a minute saw some, and never after a gap', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const steps = played(all);
        for (const [index, { atMs, before, after }] of steps.entries()) {
          if (before.health === after.health || after.health === 'live') continue;
          const run = steps.slice(0, index + 1).filter((step) => step.atMs >= after.sinceMs);
          expect(atMs - after.sinceMs).toBeGreaterThanOrEqual(60_000);
          expect(run[0]?.atMs).toBe(after.sinceMs);
          expect(run.filter(({ health }) => health === 'live')).toEqual([]);
          expect(run.slice(1).every((step, at) => step.atMs - (run[at]?.atMs ?? 0) <= pace.gapMs)).toBe(true);
        }
      }),
    );
  });

  it('does not flap, however a link does: two news of a camera lie a third of a minute apart', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const news = played(all).filter(({ before, after }) => before.health !== after.health);
        for (const [at, { atMs }] of news.slice(1).entries()) expect(atMs - (news[at]?.atMs ?? 0)).toBeGreaterThanOrEqual(pace.returnMs); // prettier-ignore
        // and a camera that is away every other look is no news at all
        const flaps = Array.from({ length: 100 }, (_, index) => ({ afterMs: 20_000, health: index % 2 === 0 ? 'unreachable' : 'live' }) as const); // prettier-ignore
        expect(played(flaps).filter(({ before, after }) => before.health !== after.health)).toEqual([]);
      }),
    );
  });

  it('is what looks say, when they go on saying it', () => {
    fc.assert(
      fc.property(looks, fc.constantFrom(...healths), (all, health) => {
        const on = Array.from({ length: 5 }, () => ({ afterMs: 20_000, health }));
        expect(played([...all, ...on]).at(-1)?.after).toMatchObject({ health });
        expect(played([...all, ...on]).at(-1)?.after.doubt).toBeUndefined();
      }),
    );
  });

  it('keeps when the last picture came, and is not changed by a look that came late', () => {
    const away = observed({ ...start, lastPictureAtMs: 5 }, seenAt(70_000, 'unreachable'), pace);
    expect(away).toMatchObject({ health: 'live', lastPictureAtMs: 5, doubt: { sinceMs: 70_000 } });
    expect(observed(away, seenAt(60_000, 'live'), pace)).toBe(away);
    const fresh: Watched = { health: 'unchecked', sinceMs: 0, checkedAtMs: 0 };
    expect(observed(fresh, seenAt(10, 'live'), pace)).toMatchObject({ health: 'live', sinceMs: 10 });
    expect(observed(fresh, seenAt(10, 'refused'), pace)).toMatchObject({ health: 'unchecked' });
    expect(observed(away, seenAt(80_000, 'unchecked'), pace)).toMatchObject({ health: 'unchecked', sinceMs: 80_000 });
  });
});

describe('the next look', () => {
  it('comes within its period, in one moment for all cameras of a link', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat(7000),
        (nowMs, phase, laterMs) => {
          // prettier-ignore
          const doubted: Watched = { ...start, doubt: { health: 'unreachable', sinceMs: 0 } };
          for (const [watched, mostMs] of [
            [start, 60_000],
            [doubted, 20_000],
            [{ ...start, health: 'refused' as const }, 600_000],
          ] as const) {
            // prettier-ignore
            const next = nextLookMs(watched, { nowMs, phase }, pace);
            expect(next).toBeGreaterThan(nowMs);
            expect(next - nowMs).toBeLessThanOrEqual(mostMs);
            // whoever's look took longer is back in step, unless the moment is over
            if (nowMs + laterMs < next) expect(nextLookMs(watched, { nowMs: nowMs + laterMs, phase }, pace)).toBe(next);
          }
        },
      ),
    );
  });

  it('is as close as what is doubted needs', () => {
    const nowMs = 1_000_000;
    const well = { ...start, lastPictureAtMs: nowMs, judgedAtMs: nowMs };
    const depth = (over: Partial<Watched>, hasStills = true) => depthOf({ ...well, ...over }, { hasStills, nowMs }, pace); // prettier-ignore
    expect(depth({})).toBe('description');
    expect(depth({ lastPictureAtMs: 0 })).toBe('packets');
    expect(depth({ doubt: { health: 'no-stream', sinceMs: 0 } })).toBe('packets');
    expect(depth({ health: 'unreachable' })).toBe('packets');
    expect(depth({ judgedAtMs: 0 })).toBe('picture');
    expect(depth({ judgedAtMs: 0 }, false)).toBe('description');
    expect(depth({ health: 'frozen' })).toBe('picture');
    expect(depth({ doubt: { health: 'black', sinceMs: 0 } })).toBe('picture');
  });
});
