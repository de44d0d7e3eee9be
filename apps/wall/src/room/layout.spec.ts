import { describe, expect, it } from '@jest/globals';
import { isFar, layoutOf, scaleFor, wallLink } from './layout.ts';

describe('how a screen is hung', () => {
  it('shows everything at arm’s length when nothing is said', () => {
    const layout = layoutOf('');
    expect(layout.domains).toBeNull();
    expect(scaleFor(layout.distanceM)).toBe(1);
    expect(isFar(layout.distanceM)).toBe(false);
  });

  it('can show some domains only, larger for a reader further away', () => {
    const layout = layoutOf('?layout=waste,cameras&distance=5');
    expect(layout.domains).toEqual(['waste', 'cameras']);
    expect(scaleFor(layout.distanceM)).toBeCloseTo(2.63, 2);
    expect(isFar(layout.distanceM)).toBe(true);
  });

  it.each(['?distance=', '?distance=near', '?distance=-3', '?distance=Infinity'])(
    'leaves %s at the default',
    (search) => {
      expect(scaleFor(layoutOf(search).distanceM)).toBe(1);
    },
  );

  it('does not grow without end', () => {
    expect(layoutOf('?distance=5000').distanceM).toBe(12);
  });

  it('begins with the thing a link leads to', () => {
    const thing = { kind: 'lamp', key: 'PJU-0142' };
    expect(layoutOf(new URL(wallLink(thing), 'http://wall').search).focus).toEqual(thing);
    expect(layoutOf('?focus=lamp').focus).toBeNull();
    expect(layoutOf('').focus).toBeNull();
  });
});
