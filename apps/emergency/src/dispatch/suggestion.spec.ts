import { describe, expect, it } from '@jest/globals';
import { UnitCapability, UnitClass, type Place, type RunCard } from '@siaga/contracts';
import fc from 'fast-check';
import type { Assignment, StoredUnit } from '../units/unit-now.ts';
import { runCards } from './run-cards.ts';
import { assignmentAt } from '../incidents/incident.harness.ts';
import { cardFor, suggest, type City, type Need, type NeedNow } from './suggestion.ts';

const NOW = 1_800_000_000_000;
const place = { lat: -7.7551, lng: 113.2161 };
/** Metres north of {@link place}. */
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lng: place.lng });
const need: NeedNow = {
  kind: 'medical',
  level: 1,
  assignments: [],
  place: { ...place, uncertaintyM: 20, source: 'map' },
};
const ambulance = (unitId: string, metres: number, further: Partial<StoredUnit> = {}): StoredUnit => ({
  ...{ _id: unitId, version: 1, name: unitId, unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes' },
  ...{ answers: 'base', duty: 'on', dutyUntilMs: NOW + 1, crew: [{ name: 'Siti', task: 'driver' }], changedAtMs: 0 },
  ...{ exercise: false, post: { ...north(metres), words: 'pos' }, ...further },
});
const cityOf = (units: readonly StoredUnit[], moved: Record<string, { metres: number; ageMs: number }> = {}): City => ({
  units,
  positionOf: (unitId) => {
    const one = moved[unitId];
    if (one === undefined) return undefined;
    return { unitId, ...north(one.metres), atMs: NOW - one.ageMs, source: 'phone' };
  },
});
const medical = runCards.find(({ cardId }) => cardId === 'medical') as RunCard;
const listed = (units: readonly StoredUnit[], moved = {}, needed = need) =>
  suggest(medical, cityOf(units, moved), needed, NOW)[0]?.candidates;

describe('a run card', () => {
  it('is the first that fits: kind, tag, level; what nobody said fits none that asks', () => {
    const cardOf = (said: Partial<Need>) => cardFor(runCards, { level: 1, ...said }, 12)?.cardId;
    expect(cardOf({ kind: 'traffic-accident', tag: 'red' })).toBe('crash-red');
    expect(cardOf({ kind: 'traffic-accident' })).toBe('crash');
    expect([cardOf({ kind: 'crime' }), cardOf({ kind: 'crime', level: 2 })]).toEqual(['order', 'order-raised']);
    expect(cardOf({})).toBe('otherwise');
  });

  it('counts in hours of the city, over midnight, too', () => {
    const night = { ...medical, hours: { from: 22, to: 5 } };
    const fits = (hour: number) => cardFor([night], need, hour) !== undefined;
    expect([21, 22, 23, 0, 4, 5].map(fits)).toEqual([false, true, true, true, true, false]);
  });
});

describe('a suggestion', () => {
  it('shows the nearer one that cannot go, with the reason', () => {
    const units = [
      ambulance('AMB-3', 900),
      ambulance('AMB-1', 100, { duty: 'unreported', crew: [], dutyUntilMs: undefined }),
      ambulance('AMB-2', 500),
      ambulance('AMB-4', 50, { capabilities: [] }),
      ambulance('SEPEDA', 10, { unitClass: 'motorcycle' }),
    ];
    expect(listed(units)).toMatchObject([
      { unitId: 'AMB-4', distanceM: 50, passedOver: 'not-capable' },
      { unitId: 'AMB-1', distanceM: 100, passedOver: 'unreported' },
      { unitId: 'AMB-2', distanceM: 500 },
      { unitId: 'AMB-3', distanceM: 900 },
    ]);
  });

  it('names whom a free one fetches soon, or should have fetched, and not tomorrow', () => {
    const hourMs = 3_600_000;
    const booked = (unitId: string, pickUpAtMs: number) => {
      const slot = { bookingId: 'PSN-00000001', purpose: 'control', pickUpAtMs, expectedReturnAtMs: pickUpAtMs + hourMs } as const; // prettier-ignore
      return ambulance(unitId, 10, { bookings: [{ ...slot, status: 'planned', seq: 1 }] });
    };
    const units = [booked('AMB-1', NOW + hourMs), booked('AMB-2', NOW - hourMs), booked('AMB-3', NOW + 3 * hourMs)];
    expect(listed(units)?.map(({ unitId, pickUp, passedOver }) => [unitId, pickUp?.pickUpAtMs, passedOver])).toEqual([
      ['AMB-1', NOW + hourMs, undefined],
      ['AMB-2', NOW - hourMs, undefined],
      ['AMB-3', undefined, undefined],
    ]);
  });

  it('goes by what was measured lately, else by where it parked, else by its post', () => {
    const parked = { ...north(300), words: 'RSUD', atMs: NOW };
    const units = [ambulance('AMB-1', 1000), ambulance('AMB-2', 1000, { parked }), ambulance('AMB-3', 1000)];
    const moved = { 'AMB-1': { metres: 20, ageMs: 600_000 }, 'AMB-3': { metres: 10, ageMs: 600_001 } };
    expect(listed(units, moved)).toEqual([
      { unitId: 'AMB-1', distanceM: 20, positionAgeMs: 600_000 },
      { unitId: 'AMB-2', distanceM: 300 },
      { unitId: 'AMB-3', distanceM: 1000 },
    ]);
  });

  it('goes by time where there are roads; who stands off them is reckoned by the straight line', () => {
    const units = [ambulance('AMB-1', 1000), ambulance('AMB-2', 2000), ambulance('AMB-3', 3000)];
    // the nearest is on the wrong side of the railway
    const travel = ({ lat }: Place) => {
      const metres = Math.round((lat - place.lat) * 111_195);
      return metres === 1000 ? 600.4 : metres === 2000 ? 180 : undefined;
    };
    expect(suggest(medical, { ...cityOf(units), travel }, need, NOW)[0]?.candidates).toEqual([
      { unitId: 'AMB-2', distanceM: 2000, travelS: 180 },
      { unitId: 'AMB-3', distanceM: 3000 },
      { unitId: 'AMB-1', distanceM: 1000, travelS: 600 },
    ]);
    const nobodyKnows = suggest(medical, { ...cityOf(units), travel }, { ...need, place: undefined }, NOW);
    expect(nobodyKnows[0]?.candidates[0]).toEqual({ unitId: 'AMB-1' });
  });

  it('passes over one that is nowhere, unless nobody knows where the incident is', () => {
    const units = [ambulance('AMB-1', 0, { post: undefined })];
    expect(listed(units)).toEqual([{ unitId: 'AMB-1', passedOver: 'no-place' }]);
    expect(listed(units, {}, { ...need, place: undefined })).toEqual([{ unitId: 'AMB-1' }]);
  });

  it('wants no more of what is on it already, and who did not go there once comes last', () => {
    const there = assignmentAt('en-route', { unitId: 'AMB-1' });
    const declined = assignmentAt('declined', { unitId: 'AMB-2', assignmentId: 'TGS-00000002' });
    const units = [ambulance('AMB-1', 10), ambulance('AMB-2', 20), ambulance('AMB-3', 900)];
    const of = (assignments: NeedNow['assignments']) => suggest(medical, cityOf(units), { ...need, assignments }, NOW)[0]; // prettier-ignore
    const asked = of([])?.count ?? 0;
    expect(of([there])?.count).toBe(asked - 1);
    expect(of([declined])?.count).toBe(asked);
    expect(of([declined])?.candidates.map(({ unitId }) => unitId)).toEqual(['AMB-1', 'AMB-3', 'AMB-2']);
  });

  it('does not want for the second part who is wanted for the first', () => {
    const [part] = medical.send;
    if (part === undefined) throw new Error('the card sends nothing');
    const twice = { ...medical, send: [part, part] };
    const parts = suggest(twice, cityOf([ambulance('AMB-1', 10), ambulance('AMB-2', 20)]), need, NOW);
    expect(parts.map(({ candidates }) => candidates.map(({ unitId }) => unitId))).toEqual([['AMB-1', 'AMB-2'], ['AMB-2']]); // prettier-ignore
  });
});

const busy: Assignment = {
  ...{ assignmentId: 'TGS-00000001', incidentId: 'INS-00000001', unitId: 'U-1', unitName: 'U-1', status: 'en-route' },
  ...{ atMs: {}, seq: 1, alerts: [], answerByMs: 0, sentBy: 'desk' },
};
const anyUnit: fc.Arbitrary<StoredUnit> = fc
  .record({
    metres: fc.integer({ min: 0, max: 9000 }),
    unitClass: fc.constantFrom(...UnitClass.options),
    capabilities: fc.uniqueArray(fc.constantFrom(...UnitCapability.options)),
    duty: fc.constantFrom('on' as const, 'off' as const, 'unreported' as const),
    isBusy: fc.boolean(),
    isPosted: fc.boolean(),
  })
  .map(({ metres, isBusy, isPosted, ...rest }) => {
    const unit = ambulance('?', metres, rest);
    return { ...unit, ...(isBusy && { assignment: busy }), ...(!isPosted && { post: undefined }) };
  });

it('whatever there is: nearest first, each unit once, nobody wanted twice, and who cannot go has a reason', () => {
  const city = fc.array(anyUnit, { maxLength: 40 }).map((units) => units.map((unit, at) => ({ ...unit, _id: `U-${String(at)}` }))); // prettier-ignore
  fc.assert(
    fc.property(city, fc.constantFrom(...runCards), (units, card) => {
      const wanted: string[] = [];
      for (const { count, candidates } of suggest(card, cityOf(units), need, NOW)) {
        const far = candidates.map(({ distanceM = Infinity }) => distanceM);
        expect(far).toEqual(far.toSorted((one, other) => one - other));
        expect(new Set(candidates.map(({ unitId }) => unitId)).size).toBe(candidates.length);
        const free = candidates.filter(({ passedOver }) => passedOver === undefined).map(({ unitId }) => unitId);
        wanted.push(...free.slice(0, count));
        for (const unit of units.filter(({ _id }) => free.includes(_id)))
          expect([unit.duty, unit.assignment, unit.post === undefined]).toEqual(['on', undefined, false]);
      }
      expect(new Set(wanted).size).toBe(wanted.length);
    }),
  );
});
