import { TruckRegistered } from '@siaga/contracts';
import { defineCollection, stateOf } from '@siaga/store';

export interface FleetTruck {
  plate: string;
}

/** Trucks with nothing but a plate: enough for events that matter. */
export const fleet = defineCollection<FleetTruck>({
  name: 'fleet',
  fields: { plate: String },
  state: stateOf(TruckRegistered, (truck) => ({
    truckId: truck._id,
    plate: truck.plate,
    hullNumber: '1',
    kind: 'dump' as const,
    capacityKg: 1000,
    version: truck.version,
    exercise: false,
    createdAtMs: 1,
    changedAtMs: truck.version,
  })),
});
