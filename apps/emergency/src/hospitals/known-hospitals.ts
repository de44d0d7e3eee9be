import { HospitalEntry, type HospitalChanged } from '@siaga/contracts';

type Known = Pick<HospitalChanged, keyof typeof HospitalEntry.shape>;

/**
 * Hospitals a city begins with, by city; nothing of their beds is known until somebody says it. The register changes them like
 * any other. RSUD dr. Mohamad Saleh stands where a public data file has it, inside its kelurahan; RSUD Ar Rozy somewhere in its
 * own: Dinkes measures both.
 */
export const knownHospitals: Readonly<Record<string, readonly Known[]>> = {
  '3574': [
    {
      hospitalId: 'rsud-mohamad-saleh',
      name: 'RSUD dr. Mohamad Saleh',
      place: { lat: -7.745126, lng: 113.210576 },
      kelurahanCode: '35.74.03.1007',
      isApproximate: true,
      telephone: '0335433478',
      services: [],
    },
    {
      hospitalId: 'rsud-ar-rozy',
      name: 'RSUD Ar Rozy',
      place: { lat: -7.79, lng: 113.198 },
      kelurahanCode: '35.74.05.1002',
      isApproximate: true,
      services: [],
    },
  ],
};
