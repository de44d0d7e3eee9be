import { Injectable } from '@nestjs/common';
import {
  DeviceAssigned,
  deviceKey,
  DeviceProtocol,
  Fault,
  TruckRegistered,
  type DeviceRef,
  type RegisteredTruck,
  type Truck,
  type TruckKind,
} from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { defineCollection, emission, retraction, stateOf, Store, type OnceKey, type Stored } from '@siaga/store';

interface TruckDocument {
  plate: string;
  hullNumber: string;
  kind: TruckKind;
  capacityKg: number;
  /** `protocol:deviceId`; absent without devices, so that the unique index leaves such trucks out. */
  deviceKeys?: string[] | undefined;
  exercise: boolean;
  createdAtMs: number;
  changedAtMs: number;
}

/** The register of trucks; `_id` is the truckId. */
export const trucks = defineCollection<TruckDocument>({
  name: 'waste_trucks',
  fields: {
    plate: { type: String, required: true },
    hullNumber: { type: String, required: true },
    kind: { type: String, required: true },
    capacityKg: { type: Number, required: true },
    deviceKeys: { type: [String], default: undefined },
    exercise: { type: Boolean, required: true },
    createdAtMs: { type: Number, required: true },
    changedAtMs: { type: Number, required: true },
  },
  indexes: [
    { name: 'device', fields: { deviceKeys: 1 }, unique: true, sparse: true },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(TruckRegistered, (document) => registered(document)),
});

/** The register: every command keeps its events with the document. */
@Injectable()
export class TrucksStore {
  constructor(private readonly store: Store) {}

  /** `conflict` names what is taken; with `once` a repeat answers what the first one made. */
  async register({ truckId, devices, ...truck }: Truck, once?: OnceKey): Promise<RegisteredTruck> {
    const { exercise } = currentContext();
    const now = Date.now();
    const keys = [...new Set(devices.map(deviceKey))];
    const document = {
      _id: truckId,
      ...truck,
      ...(keys.length === 0 ? {} : { deviceKeys: keys }),
      exercise,
      createdAtMs: now,
      changedAtMs: now,
    };
    const events = devices.map((device) => emission(DeviceAssigned, { ...device, truckId, exercise, version: now }));
    const options = once === undefined ? { events } : { events, once };
    try {
      return registered(await this.store.create(trucks, document, options));
    } catch (error) {
      throw await this.conflictNamed(error, truckId, devices);
    }
  }

  /** Puts a device on a truck; a repeat changes nothing. `conflict` names the other truck it rides on, or says that this one is full. */
  async adopt(truckId: string, device: DeviceRef): Promise<RegisteredTruck> {
    const key = deviceKey(device);
    const truck = await this.store.get(trucks, truckId);
    if (truck.deviceKeys?.includes(key) === true) return registered(truck);
    if ((truck.deviceKeys?.length ?? 0) >= MOST_DEVICES) throw fullOf(truckId);
    const { exercise } = truck;
    const version = nextVersionMs(truck);
    // what a simulated truck's device says is simulated, whoever put it there
    const changed = await asExercise(exercise, () =>
      this.store
        .change(trucks, {
          where: { _id: truckId, version: truck.version },
          change: { $push: { deviceKeys: key }, $set: { changedAtMs: version } },
          events: [emission(DeviceAssigned, { ...device, truckId, exercise, version })],
        })
        .catch(async (error: unknown) => {
          throw await this.conflictNamed(error, undefined, [device]);
        }),
    );
    // somebody else changed the truck in between: looked at again
    return changed === undefined ? this.adopt(truckId, device) : registered(changed);
  }

  async get(truckId: string): Promise<RegisteredTruck> {
    return registered(await this.store.get(trucks, truckId));
  }

  /** Trucks by truckId; `q` searches id, plate and hull number. */
  async list({ limit, after, q }: { limit: number; after?: string | undefined; q?: string | undefined }) {
    const search = { text: q, fields: ['_id', 'plate', 'hullNumber'] };
    const page = await this.store.page(trucks, { limit, after, search });
    return { ...page, items: page.items.map(registered) };
  }

  /**
   * Changes a truck that is still as it was read, and tells the doors of devices put on and taken off with the same
   * change. `conflict` when it is not as it was read, or names who has one of its devices.
   */
  async replace(known: RegisteredTruck, wanted: Truck): Promise<RegisteredTruck> {
    const { truckId, exercise, version } = known;
    const changedAtMs = nextVersionMs(known);
    const keys = [...new Set(wanted.devices.map(deviceKey))];
    const had = new Set(known.devices.map(deviceKey));
    const events = [
      ...[...had].filter((key) => !keys.includes(key)).map((key) => retraction(DeviceAssigned, key)),
      ...wanted.devices
        .filter((device) => !had.has(deviceKey(device)))
        .map((device) => emission(DeviceAssigned, { ...device, truckId, exercise, version: changedAtMs })),
    ];
    const { plate, hullNumber, kind, capacityKg } = wanted;
    const set = { plate, hullNumber, kind, capacityKg, changedAtMs };
    const change =
      keys.length === 0 ? { $set: set, $unset: { deviceKeys: 1 } } : { $set: { ...set, deviceKeys: keys } };
    return asExercise(exercise, async () => {
      const changed = await this.store
        .change(trucks, { where: { _id: truckId, version }, change, events })
        .catch(async (error: unknown) => {
          throw await this.conflictNamed(error, truckId, wanted.devices);
        });
      if (changed === undefined) throw changedMeanwhile(truckId);
      return registered(changed);
    });
  }

  /** The whole register, by truckId. */
  async all(): Promise<RegisteredTruck[]> {
    return (await this.store.of(trucks).find({}).sort({ _id: 1 }).lean<Stored<TruckDocument>[]>()).map(registered);
  }

  /** Whose truck a device rides on, asked of the register itself. */
  async ofDevice(device: DeviceRef): Promise<{ truckId: string; exercise: boolean } | undefined> {
    const found = await this.store
      .of(trucks)
      .findOne({ deviceKeys: deviceKey(device) })
      .lean<Stored<TruckDocument>>();
    return found === null ? undefined : { truckId: found._id, exercise: found.exercise };
  }

  /** Takes out a truck that is still as it was read; its tombstone and those of its devices follow. */
  async remove(known: RegisteredTruck): Promise<void> {
    if (!(await this.removed(known))) throw changedMeanwhile(known.truckId);
  }

  /** Every simulated truck. */
  async exercises(): Promise<RegisteredTruck[]> {
    return (await this.store.of(trucks).find({ exercise: true }).lean<Stored<TruckDocument>[]>()).map(registered);
  }

  /** Takes out every simulated truck, whatever happens to it meanwhile; answers them as they were last. */
  async removeExercises(): Promise<RegisteredTruck[]> {
    const gone: RegisteredTruck[] = [];
    for (const found of await this.exercises()) {
      let next: RegisteredTruck | undefined = found;
      while (next !== undefined && !(await this.removed(next))) {
        const changed: Stored<TruckDocument> | undefined = await this.store.find(trucks, next.truckId);
        next = changed && registered(changed);
      }
      if (next !== undefined) gone.push(next);
    }
    return gone;
  }

  private async removed({ truckId, version, devices, exercise }: RegisteredTruck): Promise<boolean> {
    const events = devices.map((device) => retraction(DeviceAssigned, deviceKey(device)));
    const where = { _id: truckId, version };
    return asExercise(exercise, async () => (await this.store.remove(trucks, where, events)) !== undefined);
  }

  private async conflictNamed(error: unknown, truckId: string | undefined, devices: readonly DeviceRef[]) {
    if (!(error instanceof Fault && error.kind === 'conflict')) return error;
    for (const device of devices) {
      const rider = await this.ofDevice(device);
      if (rider !== undefined && rider.truckId !== truckId)
        return new Fault('conflict', `${deviceKey(device)} already rides on ${rider.truckId}`, { cause: error });
    }
    return new Fault('conflict', `truckId ${truckId ?? ''} is taken`, { cause: error });
  }
}

/** Most devices of one truck, as the contract has it. */
const MOST_DEVICES = 5;

/** When a truck changes, epoch ms: also its version in events, so it grows even while the clock is set back. */
const nextVersionMs = ({ changedAtMs }: { changedAtMs: number }) => Math.max(Date.now(), changedAtMs + 1);

const fullOf = (truckId: string) =>
  new Fault('conflict', `${truckId} sudah membawa ${String(MOST_DEVICES)} perangkat. Lepas salah satu dahulu.`);

const changedMeanwhile = (truckId: string) => new Fault('conflict', `${truckId} was changed meanwhile: read it again`);

function registered(document: Stored<TruckDocument>): RegisteredTruck {
  const { _id, deviceKeys, plate, hullNumber, kind, capacityKg, exercise, createdAtMs, changedAtMs, version } =
    document;
  const devices = (deviceKeys ?? []).map(deviceOfKey);
  return { truckId: _id, plate, hullNumber, kind, capacityKg, devices, version, exercise, createdAtMs, changedAtMs };
}

/** The device of a {@link deviceKey}. */
export function deviceOfKey(key: string): DeviceRef {
  const colon = key.indexOf(':');
  return { protocol: DeviceProtocol.parse(key.slice(0, colon)), deviceId: key.slice(colon + 1) };
}
