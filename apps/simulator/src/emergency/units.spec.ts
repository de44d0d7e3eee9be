import { expect, it } from '@jest/globals';
import { CrewMember, Unit } from '@siaga/contracts';
import { simulatedUnits } from './units.ts';

it('has 29 ambulances, of which a third has not reported, and units that fit the contract', () => {
  const units = simulatedUnits();
  const ambulances = units.filter(({ unit }) => unit.unitClass === 'ambulance');
  expect(ambulances).toHaveLength(29);
  expect(ambulances.filter(({ crew }) => crew === undefined)).toHaveLength(9);
  expect(new Set(units.map(({ unit }) => unit.unitId)).size).toBe(units.length);
  for (const { unit, crew = [] } of units) {
    expect(Unit.safeParse(unit).success).toBe(true);
    for (const member of crew) expect(CrewMember.safeParse(member).success).toBe(true);
  }
});
