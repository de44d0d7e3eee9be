import { expect, it } from '@jest/globals';
import { roundsOfDay, type PatrolCheckIn } from '@siaga/contracts';
import { routesOf } from './patrol-routes.ts';
import { countVisits, visitsOfDay, type Walked } from './planned-visits.ts';

const timezone = 'Asia/Jakarta';
const day = '2026-11-22';
const routes = routesOf('3574');
const [one, two] = roundsOfDay(routes[0]?.rounds ?? [], day, timezone);
const plan = { routes, timezone, nowMs: (two?.fromMs ?? 0) + 60_000 };
const walked = (round: number, unitName: string, checkIns: PatrolCheckIn[]): Walked => ({
  ...{ _id: 'PTR-00000001', routeId: 'pusat-kota', unitId: unitName, unitName, day, round, status: 'ended', checkIns },
});
const check = (placeId: string, atMs: number, further = {}) => ({ placeId, atMs, by: 'andi', ...further });
const fromMs = one?.fromMs ?? 0;
const toMs = one?.toMs ?? 0;

it('tells of each place of each round what became of it, whichever squad was there', () => {
  const squads = [
    walked(1, 'Surya 1', [check('alun-alun', fromMs + 5, { byHand: true }), check('gladak-serang', toMs + 1)]),
    walked(1, 'Surya 2', [check('alun-alun', fromMs + 9)]),
  ];
  const rounds = visitsOfDay(day, squads, plan);
  expect(rounds.map(({ round, visits }) => [round, ...visits.map(({ state }) => state)])).toEqual([
    [1, 'done', 'missed', 'late'],
    [2, 'waiting', 'waiting', 'waiting'],
    [3, 'waiting', 'waiting', 'waiting'],
  ]);
  // measured before said, though said was earlier
  expect(rounds[0]?.visits[0]).toEqual({ placeId: 'alun-alun', name: 'Alun-alun', state: 'done', atMs: fromMs + 9, unitName: 'Surya 2' }); // prettier-ignore
  expect(rounds[0]?.patrols.map(({ unitName }) => unitName)).toEqual(['Surya 1', 'Surya 2']);
  for (const { planned, done, late, missed, waiting } of countVisits(rounds)) {
    expect(planned).toBe(3);
    expect(done + late + missed + waiting).toBe(planned);
  }
});

it('counts what was only said', () => {
  const rounds = visitsOfDay(day, [walked(1, 'Surya 1', [check('alun-alun', fromMs, { byHand: true })])], plan);
  expect(countVisits(rounds)[0]).toMatchObject({ placeId: 'alun-alun', done: 1, missed: 0, waiting: 2, byHand: 1 });
});
