import type { StoredHospital } from './hospital-now.ts';

/** A hospital as the store has it, for specs of rules. */
export const hospitalWith = (over: Partial<StoredHospital> = {}): StoredHospital => ({
  ...{ _id: 'RS-1', version: 1, name: 'RS Satu', place: { lat: -7.75, lng: 113.21 }, services: [], people: [] },
  ...{ feedClasses: {}, emsTraffic: 'normal', counted: [], requests: [], changedAtMs: 1000, exercise: false, ...over },
});
