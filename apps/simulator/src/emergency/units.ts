import type { CrewMember, Unit } from '@siaga/contracts';
import { kelurahan, places } from '@siaga/geo';

/** A simulated unit and who rides in it; absent: its one driver has not reported today, as most days. */
export interface SimulatedUnit {
  readonly unit: Unit;
  readonly crew?: readonly CrewMember[];
}

/** Two of three drivers have reported. */
const REPORTED_OF = 3;

/** Where Satpol PP and the fire brigade stand: beside the mayor's office, position approximate. */
const office = () => {
  const found = places().find(({ id }) => id === 'kantor-wali-kota');
  return { lat: found?.lat ?? -7.755, lng: found?.lng ?? 113.211, words: 'Kantor Satpol PP' };
};

/**
 * Kota Probolinggo's units as public sources count them: 29 kelurahan ambulances with one driver each, and what Satpol PP and
 * the fire brigade have beside the mayor's office. Names of people are made up, numbers belong to nobody.
 */
export function simulatedUnits(): readonly SimulatedUnit[] {
  const ambulances = kelurahan().map(({ name, code, label }, index): SimulatedUnit => {
    const unit: Unit = {
      ...{ unitId: `SIM-AMB-${String(index + 1).padStart(2, '0')}`, name: `Ambulans ${name}`, unitClass: 'ambulance' },
      ...{ capabilities: ['transport'], agency: 'dinkes', answers: 'on-call' },
      post: { ...label, words: `Kantor Kelurahan ${name}`, kelurahanCode: code },
    };
    return index % REPORTED_OF === REPORTED_OF - 1 ? { unit } : { unit, crew: [driver(index)] };
  });
  const post = office();
  const atOffice = (
    unitId: string,
    over: Pick<Unit, 'name' | 'unitClass' | 'capabilities'>,
    index: number,
  ): SimulatedUnit => ({
    unit: { unitId, agency: 'satpolpp', answers: 'base', post, ...over },
    crew: [driver(40 + index)],
  });
  return [
    ...ambulances,
    atOffice('SIM-SURYA-1', { name: 'Surya 1', unitClass: 'patrol-car', capabilities: ['public-order', 'traffic'] }, 1),
    atOffice('SIM-SURYA-2', { name: 'Surya 2', unitClass: 'motorcycle', capabilities: ['public-order'] }, 2),
    atOffice('SIM-SURYA-3', { name: 'Surya 3', unitClass: 'motorcycle', capabilities: ['public-order'] }, 3),
    atOffice('SIM-DAMKAR-1', { name: 'Damkar 1', unitClass: 'fire-engine', capabilities: ['fire', 'rescue'] }, 4),
    atOffice('SIM-DAMKAR-2', { name: 'Damkar 2', unitClass: 'fire-engine', capabilities: ['fire', 'rescue'] }, 5),
    atOffice('SIM-RESCUE-1', { name: 'Rescue 1', unitClass: 'rescue-car', capabilities: ['rescue', 'animal'] }, 6),
  ];
}

/** The simulator is their phone, too. 0000 is no prefix of any network: whoever rings it rings nobody. */
const driver = (index: number): CrewMember => ({
  principalId: 'simulator',
  name: `Awak simulasi ${String(index + 1)}`,
  number: `0000${String(1000 + index)}`,
  task: 'driver',
});
