import { Injectable } from '@nestjs/common';
import { deviceKey, Fault, type DeviceRef, type RegisteredTruck, type Truck } from '@siaga/contracts';
import { asExercise, currentContext } from '@siaga/service';
import { Store, type OnceKey } from '@siaga/store';
import { deviceOfKey, DevicesStore, type KeptDevice } from './devices.store.ts';
import type { Step } from './device-plan.ts';
import { trucks, type StoredTruck, type TruckDocument } from './truck-document.ts';
import { offAll, TruckPlans } from './truck-plans.store.ts';

/** How a truck is registered. */
interface Registering {
  once?: OnceKey | undefined;
  /** Trucks that give up devices the new one wants. */
  from?: ReadonlySet<string>;
}

/** The register: trucks and which devices ride on them. */
@Injectable()
export class TrucksStore {
  constructor(
    private readonly store: Store,
    private readonly devices: DevicesStore,
    private readonly plans: TruckPlans,
  ) {}

  /** All of it or nothing: `conflict` names what is taken. With `once` a repeat answers, and finishes, what the first one made. */
  async register({ truckId, devices, ...truck }: Truck, { once, from }: Registering = {}): Promise<RegisteredTruck> {
    const { exercise } = currentContext();
    const now = Date.now();
    // of one that is there the store tells whether this is a repeat
    const known = await this.store.find(trucks, truckId);
    const steps = known === undefined ? await this.plans.stepsTo(truckId, devices, { from }) : [];
    const document = {
      ...{ _id: truckId, ...truck, exercise, createdAtMs: now, changedAtMs: now },
      ...this.plans.begun('register', steps),
    };
    const made = await this.store.create(trucks, document, once && { once }).catch((error: unknown) => {
      throw taken(error, truckId);
    });
    return this.finished(made);
  }

  /** Puts a device on a truck; a repeat changes nothing. `conflict` names the other truck it rides on, or says that this one is full. */
  async adopt(truckId: string, device: DeviceRef): Promise<RegisteredTruck> {
    const truck = await this.quiet(await this.store.get(trucks, truckId));
    if (truck === undefined) return this.adopt(truckId, device);
    const riding = await this.riding(truckId);
    if (riding.some(({ key }) => key === deviceKey(device))) return registered(truck, riding);
    if (riding.length >= MOST_DEVICES) throw fullOf(truckId);
    const wanted = [...riding.map(({ key }) => deviceOfKey(key)), device];
    const changed = await this.change(truck, {}, await this.plans.stepsTo(truckId, wanted, { riding }));
    // somebody else changed the truck in between: looked at again
    return changed === undefined ? this.adopt(truckId, device) : this.finished(changed);
  }

  async get(truckId: string): Promise<RegisteredTruck> {
    return registered(await this.store.get(trucks, truckId), await this.riding(truckId));
  }

  /** Trucks by truckId; `q` searches id, plate and hull number. */
  async list({ limit, after, q }: { limit: number; after?: string | undefined; q?: string | undefined }) {
    const search = { text: q, fields: ['_id', 'plate', 'hullNumber'] };
    const page = await this.store.page(trucks, { limit, after, search });
    return { ...page, items: await this.withDevices(page.items) };
  }

  /**
   * Changes a truck that is still as it was read by {@link all}, and which devices ride on it; those of trucks in `from` may
   * be taken over. `conflict` when it is not as it was read, or names who has one of its devices.
   */
  async replace(known: RegisteredTruck, wanted: Truck, from?: ReadonlySet<string>): Promise<RegisteredTruck> {
    const { truckId } = known;
    const riding = await this.riding(truckId);
    const steps = await this.plans.stepsTo(truckId, wanted.devices, { riding, from });
    const { plate, hullNumber, kind, capacityKg } = wanted;
    const changed = await this.change(asStored(known), { plate, hullNumber, kind, capacityKg }, steps);
    if (changed === undefined) throw changedMeanwhile(truckId);
    return this.finished(changed);
  }

  /** The whole register, by truckId, with nothing under way. */
  async all(): Promise<RegisteredTruck[]> {
    return this.quietOnes({});
  }

  /** Takes out a truck that is still as it was read by {@link all}, and first its devices off it. */
  async remove(known: RegisteredTruck): Promise<void> {
    if (!(await this.removed(asStored(known)))) throw changedMeanwhile(known.truckId);
  }

  /** Every simulated truck, with nothing under way. */
  async exercises(): Promise<RegisteredTruck[]> {
    return this.quietOnes({ exercise: true });
  }

  /** Takes out every simulated truck, whatever happens to it meanwhile; answers them as they were last. */
  async removeExercises(): Promise<RegisteredTruck[]> {
    const gone: RegisteredTruck[] = [];
    for (const found of await this.exercises()) {
      for (let left: RegisteredTruck | undefined = found; left !== undefined;) {
        if (await this.removed(asStored(left))) {
          gone.push(left);
          break;
        }
        [left] = await this.quietOnes({ _id: left.truckId });
      }
    }
    return gone;
  }

  /** Finishes what somebody began on a truck; undefined when that was to take it out. */
  async quiet(truck: StoredTruck): Promise<StoredTruck | undefined> {
    try {
      return await this.plans.settled(truck);
    } catch (error) {
      // told to who began it
      if (!(error instanceof Fault && error.kind === 'conflict')) throw error;
      return this.store.find(trucks, truck._id);
    }
  }

  private async quietOnes(where: { _id?: string; exercise?: boolean }): Promise<RegisteredTruck[]> {
    const found = await this.store.of(trucks).find(where).sort({ _id: 1 }).lean<StoredTruck[]>();
    const quiet = await Promise.all(found.map((truck) => this.quiet(truck)));
    return this.withDevices(quiet.filter((truck) => truck !== undefined));
  }

  private change({ _id, version, exercise, changedAtMs }: Guard, set: Partial<TruckDocument>, steps: Step[]) {
    const now = Math.max(Date.now(), changedAtMs + 1);
    const change = { $set: { ...set, changedAtMs: now, ...this.plans.begun('change', steps) } };
    // what a simulated truck's device says is simulated, whoever put it there
    return asExercise(exercise, () => this.store.change(trucks, { where: atRest({ _id, version }), change }));
  }

  private async removed({ _id, version, exercise }: Guard): Promise<boolean> {
    const where = atRest({ _id, version });
    const steps = offAll(await this.riding(_id));
    return asExercise(exercise, async () => {
      if (steps.length === 0) return (await this.store.remove(trucks, where)) !== undefined;
      const leaving = await this.store.change(trucks, { where, change: { $set: this.plans.begun('remove', steps) } });
      if (leaving === undefined) return false;
      await this.plans.settled(leaving);
      return true;
    });
  }

  private async finished(truck: StoredTruck): Promise<RegisteredTruck> {
    const done = await this.plans.settled(truck);
    if (done === undefined) throw changedMeanwhile(truck._id);
    return registered(done, await this.riding(truck._id));
  }

  private async riding(truckId: string): Promise<KeptDevice[]> {
    return (await this.devices.riding([truckId])).get(truckId) ?? [];
  }

  private async withDevices(found: readonly StoredTruck[]): Promise<RegisteredTruck[]> {
    const riding = await this.devices.riding(found.map(({ _id }) => _id));
    return found.map((truck) => registered(truck, riding.get(truck._id) ?? []));
  }
}

/** What a change of a truck is guarded by and goes on from. */
type Guard = Pick<StoredTruck, '_id' | 'version' | 'exercise' | 'changedAtMs'>;

/** Most devices of one truck, as the contract has it. */
const MOST_DEVICES = 5;

const asStored = ({ truckId, ...guard }: RegisteredTruck): Guard => ({ _id: truckId, ...guard });

/** A truck that is as it was read, with nothing under way. */
const atRest = (guard: { _id: string; version: number }) => ({ ...guard, plan: null }) as never;

const fullOf = (truckId: string) =>
  new Fault('conflict', `${truckId} sudah membawa ${String(MOST_DEVICES)} perangkat. Lepas salah satu dahulu.`);

const changedMeanwhile = (truckId: string) =>
  new Fault('conflict', `${truckId} baru saja diubah orang lain, lihat lagi · ${truckId} was changed meanwhile`);

/** A taken id in words; any other error as it is. */
function taken(error: unknown, truckId: string): unknown {
  if (!(error instanceof Fault) || error.issues[0]?.at !== '_id') return error;
  return new Fault('conflict', `${truckId} sudah terdaftar · truckId ${truckId} is taken`, { cause: error });
}

function registered(document: StoredTruck, riding: readonly KeptDevice[]): RegisteredTruck {
  const { _id, plate, hullNumber, kind, capacityKg, exercise, createdAtMs, changedAtMs, version } = document;
  const devices = riding.map(({ key }) => deviceOfKey(key));
  return { truckId: _id, plate, hullNumber, kind, capacityKg, devices, version, exercise, createdAtMs, changedAtMs };
}
