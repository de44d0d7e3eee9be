import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Order } from './order-document.ts';
import { begun, cancelled, finished, photographed, planned, type Turn } from './order-steps.ts';

const actor = { by: 'p1', nowMs: 1000 };
const draft: Order = {
  ...{ status: 'draft', stops: [{ troubles: [], reportIds: ['LAP-00000001'], alarmIds: [] }], straightLineM: 0 },
  ...{
    reportIds: ['LAP-00000001'],
    photos: [],
    materials: [],
    notSettled: [],
    steps: [],
    changedAtMs: 0,
    exercise: false,
  },
};
const photo = { hash: 'a'.repeat(64), contentType: 'image/jpeg' as const, bytes: 10, atMs: 5 };
const finish = { materials: [], notSettled: [] };

const steps: Record<string, (order: Order) => Turn | undefined> = {
  plan: (order) => planned(order, actor, { crew: 'Regu 1', plannedOn: '2026-11-23' }),
  begin: (order) => begun(order, actor),
  photo: (order) => photographed(order, photo),
  finish: (order) => finished(order, actor, finish),
  cancel: (order) => cancelled(order, actor, { reason: 'hujan' }),
};

/** The order after these steps; what is refused changes nothing. */
const after = (names: readonly string[]) =>
  names.reduce((order, name) => {
    try {
      return { ...order, ...steps[name]?.(order) };
    } catch {
      return order;
    }
  }, draft);

describe('a work order', () => {
  it('goes from draft to done, with a picture', () => {
    expect(after(['plan', 'begin', 'photo', 'finish'])).toMatchObject({
      status: 'done',
      crew: 'Regu 1',
      photos: [photo],
    });
    expect(after(['plan', 'plan', 'begin', 'finish']).status).toBe('under-way');
    expect(finished(after(['plan', 'begin']), actor, { ...finish, noPhotoReason: 'kamera rusak' })).toMatchObject({
      status: 'done',
    });
  });

  it('is never done without having been planned, begun and shown, in this order, and is over once it is over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 12 }), (names) => {
        const { status, steps: taken, photos } = after(names);
        const been = taken.map((one) => one.status);
        if (status === 'done') {
          expect(been.indexOf('scheduled')).toBeLessThan(been.indexOf('under-way'));
          expect(been.at(-1)).toBe('done');
          expect(photos).toHaveLength(1);
        }
        expect(been.filter((one) => one === 'done' || one === 'cancelled').length).toBeLessThanOrEqual(1);
        expect(been.findIndex((one) => one === 'done' || one === 'cancelled')).toBe(
          status === 'done' || status === 'cancelled' ? been.length - 1 : -1,
        );
      }),
    );
  });

  it('leaves screens a day after it is over, and not before', () => {
    expect(after(['plan', 'begin', 'photo'])).not.toHaveProperty('wakeAtMs');
    expect(after(['plan', 'begin', 'photo', 'finish'])).toHaveProperty('wakeAtMs', actor.nowMs + 86_400_000);
    expect(after(['cancel'])).toHaveProperty('wakeAtMs', actor.nowMs + 86_400_000);
  });

  it('takes a picture while it is under way, and one it names already at any time: its sender may not know yet', () => {
    const done = after(['plan', 'begin', 'photo', 'finish']);
    expect(photographed(done, photo)).toBeUndefined();
    expect(() => photographed(done, { ...photo, hash: 'b'.repeat(64) })).toThrow('sudah selesai');
  });

  it('settles only reports it has', () => {
    const order = after(['plan', 'begin', 'photo']);
    expect(() => finished(order, actor, { ...finish, notSettled: ['LAP-99999999'] })).toThrow('bukan laporan');
    expect(finished(order, actor, { ...finish, notSettled: ['LAP-00000001'] }).notSettled).toEqual(['LAP-00000001']);
  });
});
