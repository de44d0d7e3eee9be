import { describe, expect, it } from '@jest/globals';
import { roundsOfDay, type PatrolPosition, type PatrolRoute } from '@siaga/contracts';
import { destination } from '@siaga/geo';
import fc from 'fast-check';
import { patrolOf, type PatrolDocument } from './patrol-document.ts';
import { LAPSES_MS, overdue, wakeAtMsOf } from './patrol-life.ts';
import {
  begun,
  begunAgain,
  checkedIn,
  ended,
  photographed,
  reported,
  type Presser,
  type Turn,
} from './patrol-rules.ts';
import { routesOf } from './patrol-routes.ts';

const day = '2026-11-22';
const nowMs = Date.parse('2026-11-22T10:00:00+07:00');
const at = (lat: number) => ({ lat, lng: 113.2 });
const route: PatrolRoute = {
  ...{ routeId: 'uji', version: 1, name: 'Uji', agency: 'satpolpp', order: 'fixed' },
  places: ['a', 'b', 'c'].map((placeId, index) => ({
    placeId,
    name: placeId,
    ...at(-7.75 + index / 100),
    radiusM: 100,
  })),
  rounds: [{ fromHour: 8, toHour: 11 }],
};
const [planned = { day, round: 1, fromMs: 0, toMs: 0 }] = roundsOfDay(route.rounds, day, 'Asia/Jakarta');
const unit = { _id: 'SPP-1', name: 'Surya 1', crew: [{ principalId: 'andi' }, {}] };
const andi: Presser = { by: 'andi', nowMs, tie: 'squad' };
const fresh = begun({ route, planned, unit, exercise: false }, andi);
const after = (patrol: PatrolDocument, turn: Turn | undefined): PatrolDocument => ({ ...patrol, ...turn });
const near = (placeId: string, metres: number, accuracyM = 10): PatrolPosition => {
  const place = route.places.find((one) => one.placeId === placeId) ?? at(0);
  return { ...destination(place, 90, metres), accuracyM };
};
const checkOf = (body: Parameters<typeof checkedIn>[1], presser = andi) =>
  checkedIn(fresh, body, presser)?.checkIns?.[0];

describe('a check-in', () => {
  it('is measured inside the radius, and by hand anywhere else', () => {
    expect(checkOf({ placeId: 'a', position: near('a', 80) })).toMatchObject({ distanceM: 80, atMs: nowMs });
    expect(checkOf({ placeId: 'a', position: near('a', 80) })).not.toHaveProperty('byHand');
    expect(checkOf({ placeId: 'a', position: near('a', 120) })).toMatchObject({ byHand: true, distanceM: 120 });
    expect(checkOf({ placeId: 'a', position: near('a', 10, 101) })).toMatchObject({ byHand: true });
    expect(checkOf({ placeId: 'a' })).toMatchObject({ byHand: true });
    const desk = checkOf({ placeId: 'a', position: near('a', 10) }, { ...andi, tie: 'desk' });
    expect(desk).toMatchObject({ byHand: true });
    expect(desk).not.toHaveProperty('position');
  });

  it('never lies in the future, nor so far back that nobody can tell', () => {
    expect(checkOf({ placeId: 'a' }, { ...andi, atMs: nowMs + 200_000 })).toMatchObject({ atMs: nowMs });
    const told = (atMs: number) => () => checkOf({ placeId: 'a' }, { ...andi, atMs });
    expect(told(nowMs + 300_001)).toThrow('belum terjadi');
    expect(told(nowMs - 3 * 86_400_000 - 1)).toThrow('3 hari');
    expect(() => checkOf({ placeId: 'z' })).toThrow('bukan tempat');
  });

  it('is one for each place, the same in whatever order two phones tell it and however often', () => {
    const press = fc.record({
      placeId: fc.constantFrom('a', 'b', 'c'),
      atMs: fc.integer({ min: nowMs - 5000, max: nowMs }).map((ms) => ms - (ms % 1000)),
      metres: fc.option(fc.constantFrom(0, 50, 150)),
      by: fc.constantFrom('andi', 'budi'),
    });
    type Press = typeof press extends fc.Arbitrary<infer One> ? One : never;
    const take = (patrol: PatrolDocument, { placeId, atMs, metres, by }: Press) => {
      const position = metres === null ? undefined : near(placeId, metres);
      return after(patrol, checkedIn(patrol, { placeId, position }, { ...andi, by, atMs }));
    };
    const walk = (presses: Press[]) =>
      patrolOf({ ...presses.reduce(take, fresh), _id: 'PTR-00000001', version: 1 }).checkIns;
    fc.assert(
      fc.property(fc.array(press, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (presses, chance) => {
        const shuffled = presses
          .concat(presses)
          .map((one) => ({ one, rank: chance.next().value as number }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ one }) => one);
        // on a fixed route the order shows who was late, which is not part of what a place keeps
        const byPlace = (all: Press[]) =>
          Object.fromEntries(walk(all).map((check) => [check.placeId, { ...check, isOutOfOrder: undefined }]));
        const checks = byPlace(presses);
        expect(Object.keys(checks).sort()).toEqual([...new Set(presses.map(({ placeId }) => placeId))].sort());
        expect(byPlace(shuffled)).toEqual(checks);
      }),
    );
  });

  it('says on a fixed route that a place was left for later', () => {
    const told = (['b', 'a', 'c'] as const).reduce(
      (patrol, placeId, index) =>
        after(patrol, checkedIn(patrol, { placeId }, { ...andi, atMs: nowMs - 9000 + index * 1000 })),
      fresh,
    );
    const seen = (order: PatrolRoute['order']) =>
      patrolOf({ ...told, order, _id: 'PTR-00000001', version: 1 }).checkIns.map(({ placeId, isOutOfOrder }) => [placeId, isOutOfOrder]); // prettier-ignore
    expect(seen('fixed')).toEqual([['b', undefined], ['a', true], ['c', undefined]]); // prettier-ignore
    expect(seen('any')).toEqual([['b', undefined], ['a', undefined], ['c', undefined]]); // prettier-ignore
  });
});

describe('a round', () => {
  it('begun by two phones began with the earlier, and has both squads', () => {
    const early = begun({ route, planned, unit: { ...unit, crew: [] }, exercise: false }, { ...andi, by: 'budi', atMs: nowMs - 60_000 }); // prettier-ignore
    expect(begunAgain(fresh, early)).toEqual({ squad: ['andi', 'budi'], startedAtMs: nowMs - 60_000 });
    expect(begunAgain(after(early, begunAgain(early, fresh)), fresh)).toBeUndefined();
    expect(() => begunAgain(fresh, { ...early, exercise: true })).toThrow('tidak dicampur');
    expect(() => begun({ route, planned, unit, exercise: false }, { ...andi, nowMs: nowMs + 3 * 86_400_000 })).toThrow('sehari'); // prettier-ignore
  });

  it('ends when it was first said, and takes what was pressed before that and told later', () => {
    const over = after(fresh, ended(fresh, { ...andi, atMs: nowMs - 1000 }));
    expect(ended(over, andi)).toBeUndefined();
    expect(ended(over, { ...andi, atMs: nowMs - 2000 })).toEqual({ status: 'ended', endedAtMs: nowMs - 2000 });
    expect(checkedIn(over, { placeId: 'b' }, andi)?.checkIns).toHaveLength(1);
  });

  it('keeps a finding and a picture once', () => {
    const finding = { findingId: 'TMN-00000001', kind: 'street-vendor' as const, placeId: 'a' };
    const told = after(fresh, reported(fresh, finding, andi));
    expect(told.findings).toMatchObject([{ kind: 'street-vendor', by: 'andi', atMs: nowMs }]);
    expect(reported(told, finding, andi)).toBeUndefined();
    const photo = { hash: '0'.repeat(64), contentType: 'image/jpeg' as const, bytes: 9, atMs: nowMs, by: 'andi' };
    expect(photographed(after(told, photographed(told, photo)), photo)).toBeUndefined();
  });

  it('lapses when nobody ends it, leaves the screens, and its words and pictures go after 90 days', () => {
    const finding = { findingId: 'TMN-00000001', kind: 'help' as const, words: 'anak jalanan di depan toko' };
    const photo = { hash: '0'.repeat(64), contentType: 'image/jpeg' as const, bytes: 9, atMs: nowMs, by: 'andi' };
    let patrol = after(after(fresh, reported(fresh, finding, andi)), photographed(fresh, photo));
    expect(wakeAtMsOf(patrol)).toBe(planned.toMs + LAPSES_MS);
    const wakes: unknown[] = [];
    for (let wakeMs = wakeAtMsOf(patrol); wakeMs !== undefined; wakeMs = wakeAtMsOf(patrol)) {
      expect(overdue(patrol, wakeMs - 1)).toEqual({});
      patrol = after(patrol, overdue(patrol, wakeMs));
      wakes.push([
        (wakeMs - planned.toMs - LAPSES_MS) / 86_400_000,
        patrol.status,
        patrol.archived,
        patrol.photos.length,
      ]);
    }
    expect(wakes).toEqual([[0, 'lapsed', undefined, 1], [2, 'lapsed', true, 1], [90, 'lapsed', true, 0]]); // prettier-ignore
    expect(JSON.stringify(patrol)).not.toContain('anak jalanan');
  });
});

it('has rounds of each route one after the other', () => {
  for (const { rounds, places } of routesOf('3574')) {
    const hours = rounds.flatMap(({ fromHour, toHour }) => [fromHour, toHour]);
    expect(hours).toEqual(hours.toSorted((one, other) => one - other));
    expect(new Set(places.map(({ placeId }) => placeId)).size).toBe(places.length);
  }
});
