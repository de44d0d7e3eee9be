import { expect, it } from '@jest/globals';
import { patrolIdOf, roundsOfDay, type PatrolChanged, type PatrolRoute } from '@siaga/contracts';
import type { PatrolPress } from './patrol-queue.ts';
import { placeHere, placesAhead, walkOf } from './patrol-walk.ts';

const timezone = 'Asia/Jakarta';
const place = (placeId: string, lat: number) => ({ placeId, name: placeId, lat, lng: 113.2, radiusM: 100 });
const route: PatrolRoute = {
  ...{
    routeId: 'uji',
    version: 1,
    name: 'Uji',
    agency: 'satpolpp',
    order: 'any',
    places: [place('a', -7.75), place('b', -7.76)],
  },
  rounds: [
    { fromHour: 8, toHour: 11 },
    { fromHour: 13, toHour: 16 },
  ],
};
const nowMs = Date.parse('2026-11-22T09:00:00+07:00');
const [first = { day: '', round: 0, fromMs: 0, toMs: 0 }] = roundsOfDay(route.rounds, '2026-11-22', timezone);
const of = { unitId: 'SPP-1', routeId: 'uji', day: '2026-11-22', round: 1 };
const patrolId = patrolIdOf(of);
const begun: PatrolChanged = {
  ...{ patrolId, ...of, ...first, routeName: 'Uji', unitName: 'Surya 1', agency: 'satpolpp', order: 'any' },
  ...{
    places: route.places,
    status: 'under-way',
    startedAtMs: nowMs,
    findings: [],
    photos: 0,
    changedAtMs: nowMs,
    version: 1,
  },
  checkIns: [{ placeId: 'a', atMs: nowMs, by: 'andi' }],
};
const see = (patrols: PatrolChanged[], waiting: PatrolPress[] = [], atMs = nowMs) =>
  walkOf({ route, unitId: 'SPP-1', patrols, waiting, nowMs: atMs, timezone });
const start: PatrolPress = { key: '1', patrolId, what: 'start', body: of };
const check: PatrolPress = { key: '2', patrolId, what: 'check-in', body: { placeId: 'b', atMs: nowMs } };
const end: PatrolPress = { key: '3', patrolId, what: 'end', body: {} };

it('shows what was pressed without a signal, marked as not sent, until the city has it', () => {
  expect(see([])).toMatchObject({ patrolId, isBegun: false, planned: { round: 1 } });
  const walk = see([], [start, check], nowMs + 5 * 3_600_000);
  expect(walk).toMatchObject({ patrolId, isBegun: true, isOver: false });
  expect(walk?.visits.get('b')).toEqual({ atMs: nowMs, byHand: true, isSent: false });
  const byPhone = (position: { lat: number; lng: number; accuracyM: number }) =>
    see([], [start, { ...check, body: { placeId: 'b', atMs: nowMs, position } }])?.visits.get('b')?.byHand;
  const at = { lat: -7.7601, lng: 113.2 };
  expect([byPhone({ ...at, accuracyM: 5 }), byPhone({ ...at, accuracyM: 150 }), byPhone({ ...at, lat: -7.77, accuracyM: 5 })]).toEqual([false, true, true]); // prettier-ignore
  expect(see([begun], [check])?.visits.get('a')).toEqual({ atMs: nowMs, byHand: false, isSent: true });
});

it('goes on past its hours until somebody ends it, and then is that of now', () => {
  const later = nowMs + 5 * 3_600_000;
  expect(see([begun], [], later)).toMatchObject({ planned: { round: 1 }, isOver: false });
  expect(see([begun], [end], nowMs)).toMatchObject({ planned: { round: 1 }, isOver: true });
  expect(see([begun], [end], later)).toMatchObject({ planned: { round: 2 }, isBegun: false });
  expect(see([{ ...begun, unitId: 'SPP-2' }])).toMatchObject({ isBegun: false });
});

it('leads to the nearest place that is left, or on a fixed route to the next', () => {
  const walk = see([]);
  if (walk === undefined) throw new Error('nothing is planned');
  const here = { lat: -7.7601, lng: 113.2, accuracyM: 5 };
  const ahead = (way: PatrolRoute, position?: typeof here) =>
    placesAhead(way, walk, position).map(({ placeId }) => placeId);
  expect([ahead(route, here), ahead(route), ahead({ ...route, order: 'fixed' }, here)]).toEqual([['b', 'a'], ['a', 'b'], ['a', 'b']]); // prettier-ignore
  expect(placeHere(route, { ...here, accuracyM: 150 })).toBeUndefined();
  expect([placeHere(route, here)?.placeId, placeHere(route, { ...here, lat: -7.77 }), placeHere(route, undefined)]).toEqual(['b', undefined, undefined]); // prettier-ignore
});
