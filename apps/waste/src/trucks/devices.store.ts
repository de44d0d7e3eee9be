import { Injectable } from '@nestjs/common';
import { DeviceAssigned, DeviceProtocol, type DeviceRef } from '@siaga/contracts';
import { asExercise } from '@siaga/service';
import { defineCollection, stateOf, Store, trusted, type Stored } from '@siaga/store';
import type { Step } from './device-plan.ts';

interface DeviceDocument {
  /** Absent while it rides on no truck. */
  truckId?: string | undefined;
  exercise: boolean;
  /** Its version in events, so it grows even while the clock is set back. */
  changedAtMs: number;
  /** Since when it rides on no truck. */
  idleSince?: Date | undefined;
}

/**
 * A device nobody uses is remembered for so long: until then whoever slept over a change finds that it is too late. A new
 * document would count its versions from 1 again.
 */
const IDLE_SECONDS = 30 * 86_400;

/**
 * Trackers, one document each; `_id` is `protocol:deviceId`. A device rides on the one truck its document names, whatever
 * a truck's document says, and only its document tells the doors.
 */
export const devices = defineCollection<DeviceDocument>({
  name: 'waste_devices',
  fields: {
    truckId: String,
    exercise: { type: Boolean, required: true },
    changedAtMs: { type: Number, required: true },
    idleSince: Date,
  },
  indexes: [
    { name: 'truck', fields: { truckId: 1 }, sparse: true },
    { name: 'idle', fields: { idleSince: 1 }, expireAfterSeconds: IDLE_SECONDS },
  ],
  state: stateOf(DeviceAssigned, ({ _id, truckId, exercise, changedAtMs }) =>
    truckId === undefined ? null : { ...deviceOfKey(_id), truckId, exercise, version: changedAtMs },
  ),
});

/** A device as its document has it. */
export interface KeptDevice {
  key: string;
  truckId?: string | undefined;
  exercise: boolean;
  version: number;
}

/** The truck whose devices change. */
export interface RiddenTruck {
  truckId: string;
  exercise: boolean;
  /** When the change was decided, epoch ms: no device's event is older. */
  changedAtMs: number;
}

@Injectable()
export class DevicesStore {
  constructor(private readonly store: Store) {}

  /** By `protocol:deviceId`. */
  async find(key: string): Promise<KeptDevice | undefined> {
    const found = await this.store.find(devices, key);
    return found && kept(found);
  }

  /** Devices by the truck they ride on, each on one only, in the order of their keys. */
  async riding(truckIds: readonly string[]): Promise<Map<string, KeptDevice[]>> {
    const found = await this.store
      .of(devices)
      .find({ truckId: trusted({ $in: [...truckIds] }) } as never)
      .lean<Stored<DeviceDocument>[]>();
    // one that moves while it is read may be met twice
    const byKey = new Map(found.sort((a, b) => a.version - b.version).map((device) => [device._id, kept(device)]));
    const inOrder = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    return Map.groupBy(inOrder, ({ truckId = '' }) => truckId);
  }

  /** Does one step for a truck, or finds it done; false when the device is no longer as it was when this was planned. */
  async carryOut({ key, to, version }: Step, truck: RiddenTruck): Promise<boolean> {
    const isDone = (device?: DeviceDocument) => (device?.truckId === truck.truckId) === (to === 'on');
    const found = await this.store.find(devices, key);
    if (isDone(found)) return true;
    if ((found?.version ?? 0) !== version) return false;
    const done = await asExercise(truck.exercise, () =>
      found === undefined ? this.#putNew(key, truck) : this.#put(found, to, truck),
    );
    // somebody else was faster, perhaps with the same plan
    return done || isDone(await this.store.find(devices, key));
  }

  async #putNew(key: string, { truckId, exercise, changedAtMs: sinceMs }: RiddenTruck): Promise<boolean> {
    const ridden = { _id: key, truckId, exercise, changedAtMs: Math.max(Date.now(), sinceMs) };
    return (await this.store.createIfFree(devices, ridden)) !== undefined;
  }

  async #put(
    { _id, version, changedAtMs: beforeMs }: Stored<DeviceDocument>,
    to: Step['to'],
    { truckId, exercise, changedAtMs: sinceMs }: RiddenTruck,
  ): Promise<boolean> {
    const changedAtMs = Math.max(Date.now(), beforeMs + 1, sinceMs);
    const change =
      to === 'on'
        ? { $set: { truckId, exercise, changedAtMs }, $unset: { idleSince: 1 } }
        : { $set: { exercise, changedAtMs, idleSince: new Date() }, $unset: { truckId: 1 } };
    return (await this.store.change(devices, { where: { _id, version }, change })) !== undefined;
  }
}

const kept = ({ _id, truckId, exercise, version }: Stored<DeviceDocument>): KeptDevice => ({
  key: _id,
  truckId,
  exercise,
  version,
});

/** The device of a {@link deviceKey}. */
export function deviceOfKey(key: string): DeviceRef {
  const colon = key.indexOf(':');
  return { protocol: DeviceProtocol.parse(key.slice(0, colon)), deviceId: key.slice(colon + 1) };
}
