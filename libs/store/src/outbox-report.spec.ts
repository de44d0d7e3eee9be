import { describe, expect, it } from '@jest/globals';
import { outboxReport } from './outbox-report.ts';

describe('the outboxes of a city', () => {
  const standing = { city: '3574', failingForMs: 0, ownerSilentForMs: 0 };

  it('are well while they are sent, and for as long as a neighbour may take to restart', () => {
    expect(outboxReport(standing)).toEqual({ ok: true });
    expect(outboxReport({ ...standing, failingForMs: 19_999, ownerSilentForMs: 19_999 })).toEqual({ ok: true });
  });

  it('are not when each try failed for longer', () => {
    const detail = 'city 3574: no outbox sent for 21 s';
    expect(outboxReport({ ...standing, failingForMs: 21_000 })).toEqual({ ok: false, detail });
  });

  it('are not when whoever is to send them does not renew its lease, and where to look is said', () => {
    const { ok, detail } = outboxReport({ ...standing, ownerSilentForMs: 24_000 });
    expect(ok).toBe(false);
    expect(detail).toMatch(/^city 3574: .* not renewed for 24 s; compare the clocks/);
  });
});
