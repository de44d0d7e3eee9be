import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { deviceKey, Fault, type DeviceRef } from '@siaga/contracts';
import { asExercise } from '@siaga/service';
import { Store } from '@siaga/store';
import { takenBack, type Plan, type Step } from './device-plan.ts';
import { DevicesStore, type KeptDevice } from './devices.store.ts';
import { trucks, type StoredTruck } from './truck-document.ts';

/** Whoever began a plan has carried it out long before; then a timer does. */
const PATIENCE_MS = 5000;

/** Trucks and devices are documents of their own: what changes both is planned in the truck first, then carried out. */
@Injectable()
export class TruckPlans {
  constructor(
    private readonly store: Store,
    private readonly devices: DevicesStore,
  ) {}

  /** The fields of a truck that carry a plan; none when there is nothing to do. */
  begun(kind: Plan['kind'], steps: Step[]): { plan?: Plan; wakeAtMs?: number } {
    if (steps.length === 0) return {};
    return { plan: { id: randomUUID(), kind, steps }, wakeAtMs: Date.now() + PATIENCE_MS };
  }

  /**
   * Steps that leave these devices on a truck and no others. Throws `conflict` naming who has one, unless he is among
   * `from`: trucks that give their devices away.
   */
  async stepsTo(
    truckId: string,
    wanted: readonly DeviceRef[],
    { riding = [], from }: { riding?: readonly KeptDevice[]; from?: ReadonlySet<string> | undefined },
  ): Promise<Step[]> {
    const keys = new Set(wanted.map(deviceKey));
    const steps = offAll(riding.filter(({ key }) => !keys.has(key)));
    for (const { key } of riding) keys.delete(key);
    // in one order for everybody: of trucks that race for the same devices, one gets all of its own
    for (const key of [...keys].sort()) {
      const found = await this.devices.find(key);
      const rider = found?.truckId;
      if (rider !== undefined && rider !== truckId && from?.has(rider) !== true) await this.#conflict(key, rider);
      steps.push({ key, to: 'on', version: found?.version ?? 0 });
    }
    return steps;
  }

  /**
   * Carries out what is planned for a truck and answers it as it is then: undefined when it left. Throws `conflict` when a
   * device was taken by another truck meanwhile; then a truck that was being registered is taken back, any other goes
   * without the device.
   */
  async settled(truck: StoredTruck): Promise<StoredTruck | undefined> {
    const { _id: truckId, plan, ...rest } = truck;
    if (plan === undefined) return truck;
    const refused = await this.#carryOut(truck, plan);
    if (plan.kind === 'register' && refused !== undefined) {
      await this.#takeBack(truck, plan);
      throw await this.#refusal(truckId, refused);
    }
    if (!(await this.#end(truck, plan))) await this.#leftAlone(truck, plan);
    if (refused !== undefined) throw await this.#refusal(truckId, refused);
    return plan.kind === 'remove' ? undefined : { _id: truckId, ...rest };
  }

  /**
   * The first device that could not be put on. A registration stops there: of the devices after it, it would take one
   * from whoever got the first, and neither truck would be registered.
   */
  async #carryOut(truck: StoredTruck, { kind, steps }: Plan): Promise<string | undefined> {
    const { _id: truckId, exercise, changedAtMs } = truck;
    let refused: string | undefined;
    for (const step of steps) {
      if (kind === 'register' && refused !== undefined) break;
      const done = await this.devices.carryOut(step, { truckId, exercise, changedAtMs });
      if (!done && step.to === 'on') refused ??= step.key;
    }
    return refused;
  }

  /** Takes the plan, or with it the truck, out; false when somebody else has. The truck's version stays: nobody sees a plan. */
  async #end({ _id, exercise }: StoredTruck, { id, kind }: Plan): Promise<boolean> {
    const underWay = { _id, 'plan.id': id } as never;
    if (kind === 'remove')
      return asExercise(exercise, async () => (await this.store.remove(trucks, underWay)) !== undefined);
    const { matchedCount } = await this.store.of(trucks).updateOne(underWay, { $unset: { plan: 1, wakeAtMs: 1 } });
    return matchedCount === 1;
  }

  /** A registration that cannot have all its devices did not happen. */
  async #takeBack(truck: StoredTruck, plan: Plan): Promise<void> {
    const back: Plan = { id: randomUUID(), kind: 'remove', steps: takenBack(plan) };
    const where = { _id: truck._id, 'plan.id': plan.id } as never;
    const leaving = await asExercise(truck.exercise, () =>
      this.store.change(trucks, { where, change: { $set: { plan: back } } }),
    );
    if (leaving !== undefined) await this.settled(leaving);
  }

  /** Somebody else ended the plan. If the truck left with it, a device put on just now goes, too. */
  async #leftAlone(truck: StoredTruck, plan: Plan): Promise<void> {
    if ((await this.store.find(trucks, truck._id)) !== undefined) return;
    await this.#carryOut(truck, { ...plan, steps: takenBack(plan) });
  }

  /** A truck that is not there has no devices: what a crash left on it is free. */
  async #conflict(key: string, rider: string): Promise<void> {
    if ((await this.store.find(trucks, rider)) !== undefined) throw ridesOn(key, rider);
  }

  async #refusal(truckId: string, key: string): Promise<Fault> {
    const rider = (await this.devices.find(key))?.truckId;
    if (rider !== undefined && rider !== truckId) return ridesOn(key, rider);
    return new Fault('conflict', `${key} baru saja diubah orang lain, lihat lagi · ${key} was changed meanwhile`);
  }
}

/** Steps that take devices off the truck they ride on. */
export const offAll = (riding: readonly KeptDevice[]): Step[] =>
  riding.map(({ key, version }) => ({ key, to: 'off', version }));

const ridesOn = (key: string, truckId: string) =>
  new Fault('conflict', `${key} sudah terpasang di ${truckId} · ${key} already rides on ${truckId}`);
