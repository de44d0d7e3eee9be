import { describe, expect, it } from '@jest/globals';
import { Link } from './link.ts';

const NOW_MS = 1_800_000_000_000;

describe('a link nobody is signed in at', () => {
  it('stays so through cuts, until somebody may have signed in', () => {
    const link = new Link();
    link.heard(NOW_MS, 1, []);
    link.signedOut('diblokir');
    link.lost('no answer');
    link.look();
    expect(link.get()).toMatchObject({ state: 'signed-out', reason: 'diblokir', lastFrameAt: undefined });
    link.retrying();
    expect(link.get().state).toBe('connecting');
    link.lost('no answer');
    expect(link.get()).toMatchObject({ state: 'lost', reason: 'no answer' });
  });

  it('tells the next session of nothing that was missed by the one before', () => {
    const link = new Link();
    link.heard(NOW_MS, 1, []);
    link.lost();
    link.heard(NOW_MS + 1000, 0, [NOW_MS + 500]);
    expect(link.get().missed).toMatchObject({ every: 1 });
    link.signedOut('sesi ini sudah diakhiri');
    link.connected();
    link.subscribed(false);
    link.heard(NOW_MS + 60_000, 1, []);
    expect([link.get().state, link.get().missed]).toEqual(['live', undefined]);
  });
});
