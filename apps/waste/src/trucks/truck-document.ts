import { TruckRegistered, type TruckKind } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';
import type { Plan } from './device-plan.ts';

export interface TruckDocument {
  plate: string;
  hullNumber: string;
  kind: TruckKind;
  capacityKg: number;
  exercise: boolean;
  createdAtMs: number;
  /** Also its version in events. */
  changedAtMs: number;
  /** A change of its devices that is not done yet. */
  plan?: Plan | undefined;
}

/** The register of trucks; `_id` is the truckId. Which devices ride on a truck, the devices' documents say. */
export const trucks = defineCollection<TruckDocument>({
  name: 'waste_trucks',
  fields: {
    plate: { type: String, required: true },
    hullNumber: { type: String, required: true },
    kind: { type: String, required: true },
    capacityKg: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    createdAtMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
    plan: { type: Object, default: undefined },
  },
  indexes: [{ name: 'exercise', fields: { exercise: 1 } }],
  schemaVersion: 2,
  upgrade: withDevicesApart,
  state: stateOf(TruckRegistered, ({ _id, version, plate, hullNumber, kind, capacityKg, ...rest }) => {
    const { exercise, createdAtMs, changedAtMs } = rest;
    return { truckId: _id, plate, hullNumber, kind, capacityKg, version, exercise, createdAtMs, changedAtMs };
  }),
});

export type StoredTruck = Stored<TruckDocument>;

/** Until version 2 a truck kept its devices as `deviceKeys`. They become a plan that is still to be carried out. */
function withDevicesApart({ deviceKeys, ...truck }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (!Array.isArray(deviceKeys) || truck['removedAtMs'] !== undefined) return truck;
  const steps = deviceKeys.map((key: string) => ({ key, to: 'on', version: 0 }) as const);
  return { ...truck, plan: { id: 'devices-apart', kind: 'change', steps } satisfies Plan };
}
