import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { deviceKey, FixRecorded, type DeviceRef, type Fix } from '@siaga/contracts';
import { unprovenWords, type Doubted } from '@siaga/identity';
import { asExercise } from '@siaga/service';
import { Devices, type Ride } from './devices.ts';
import { fixIdOf, refusalOf } from './fix-rules.ts';
import { IntakeCounts } from './intake-counts.ts';
import { IntakeMemory } from './intake-memory.ts';
import type { Position, Reading, Refusal } from './reading.ts';
import { SeenDevices } from './seen-devices.ts';

/** What came of one reading. */
export type Outcome = 'accepted' | 'duplicate' | Refusal;

/** Who brought a message: protocol, our clock, and whether the sender proved to be a simulator. */
export interface Delivery {
  protocol: DeviceRef['protocol'];
  receivedAtMs: number;
  exercise: boolean;
  /** Devices it speaks of and does not prove to be: nothing of them is kept but that they were refused. */
  doubted: Doubted;
}

/** What a device nobody knows is told; one that is not believed sounds the same, and holds up no other of its message. */
export const strangerTo = (device: DeviceRef): Refusal => ({
  reason: 'unknown-device',
  detail: `${deviceKey(device)} belum terdaftar`,
});

/** Takes what devices of the context's city say: whose it is, whether it can be, and once the log has it durably, the answer. */
@Injectable()
export class Intake {
  @Inject(IntakeMemory) private readonly memory!: IntakeMemory;

  constructor(
    private readonly devices: Devices,
    private readonly seen: SeenDevices,
    private readonly counts: IntakeCounts,
    private readonly bus: EventBus,
  ) {}

  /**
   * One outcome per reading, in order, in the context of the device that sent them. Throws `unavailable` when register or
   * log do not answer: nothing is acknowledged then.
   */
  async take(delivery: Delivery, readings: readonly Reading[]): Promise<Outcome[]> {
    const { underWay } = this.memory.here;
    const taking = this.#take(delivery, readings);
    underWay.add(taking);
    try {
      return await taking;
    } finally {
      underWay.delete(taking);
    }
  }

  /** Resolves when all that is being taken at this moment is written and counted, or was refused. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.memory.here.underWay);
  }

  async #take(delivery: Delivery, readings: readonly Reading[]): Promise<Outcome[]> {
    const { protocol, receivedAtMs: atMs } = delivery;
    const rides = await Promise.all(readings.map((reading) => this.#rideOf(delivery, reading)));
    const written = Promise.withResolvers<undefined>();
    // judged one after the other: positions of one message are neighbours and may repeat one another
    const verdicts = readings.map((reading, index) => this.#judge(delivery, reading, rides[index], written.promise));
    written.resolve(this.#write(verdicts));
    await Promise.all([written.promise, ...verdicts.map(({ durable }) => durable)]);
    for (const { outcome, ride, counted = outcome } of verdicts)
      this.counts.count({ protocol, outcome: counted, ride, atMs });
    return verdicts.map(({ outcome }) => outcome);
  }

  /** Whether the doors still take this device for one of a truck's. */
  rides(device: DeviceRef): boolean {
    return this.devices.rides(device);
  }

  /** Forgets what was recorded and simulated counts, so that a cleared exercise can be played again. */
  async forget(): Promise<void> {
    const { recorded, recent } = this.memory.here;
    recorded.clear();
    recent.clear();
    await this.counts.forgetExercises();
  }

  #rideOf({ protocol, doubted }: Delivery, { deviceId }: Reading): Promise<Ride | undefined> {
    const device = { protocol, deviceId };
    return doubted.has(deviceKey(device)) ? this.devices.findUnproven(device) : this.devices.find(device);
  }

  #judge(delivery: Delivery, reading: Reading, ride: Ride | undefined, durable: Promise<undefined>): Verdict {
    const { protocol, receivedAtMs } = delivery;
    const { deviceId } = reading;
    const device = { protocol, deviceId };
    const doubt = delivery.doubted.get(deviceKey(device));
    if (doubt !== undefined) {
      const counted: Refusal = { reason: 'unproven', detail: unprovenWords[doubt] };
      return { outcome: strangerTo(device), counted, ...(ride && { ride }) };
    }
    if (ride === undefined) {
      this.seen.note(device, reading, delivery);
      return { outcome: strangerTo(device) };
    }
    if ('refused' in reading) return { ride, outcome: reading.refused };
    const { truckId } = ride;
    const fixId = fixIdOf({ ...reading.position, truckId });
    const { recorded } = this.memory.here;
    const earlier = recorded.get(fixId);
    if (earlier !== undefined) return { ride, outcome: 'duplicate', durable: earlier };
    const refused = this.#refusal(deviceKey(device), reading.position, receivedAtMs);
    if (refused !== undefined) return { ride, outcome: refused };
    recorded.add(fixId, durable);
    return {
      ride,
      outcome: 'accepted',
      fix: { fixId, truckId, protocol, deviceId, receivedAtMs, ...reading.position },
    };
  }

  #refusal(key: string, position: Position, receivedAtMs: number): Refusal | undefined {
    const memory = this.memory.here;
    const recent = memory.recentOf(key);
    const neighbours = recent.neighbours(position);
    const refused = refusalOf(position, { receivedAtMs, area: memory.area, neighbours });
    if (refused === undefined) recent.took(position);
    else if (refused.reason === 'impossible-speed') recent.doubted(position);
    return refused;
  }

  /** Simulated and real fixes of one message go out separately: the mark is a property of the truck. */
  async #write(verdicts: readonly Verdict[]): Promise<undefined> {
    const news = verdicts.flatMap(({ fix, ride }) => (fix && ride ? [{ fix, exercise: ride.exercise }] : []));
    try {
      for (const exercise of [false, true]) {
        const fixes = news.filter((one) => one.exercise === exercise).map(({ fix }) => fix);
        await asExercise(exercise, () => this.bus.publishAll(FixRecorded, fixes));
      }
    } catch (error) {
      for (const { fix } of news) this.memory.here.recorded.remove(fix.fixId);
      throw error;
    }
    return undefined;
  }
}

interface Verdict {
  outcome: Outcome;
  /** What it is for us, where the sender is not told. */
  counted?: Outcome;
  ride?: Ride;
  /** To be written. */
  fix?: Fix;
  /** The original of a repeat is in the log. */
  durable?: Promise<unknown>;
}
