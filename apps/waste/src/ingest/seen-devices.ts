import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { DeviceAssigned, deviceKey, DeviceSeen, type DeviceRef } from '@siaga/contracts';
import { Strangers, type Heard } from '@siaga/identity';
import { PerCity, RouteSettings } from '@siaga/service';
import type { Reading } from './reading.ts';

/** A device that reports every second is told of once a second. */
const TELL_EVERY_MS = 1000;

/** Trackers that report to the context's city but are on no truck of it: lines an operator adopts with one click. */
@Injectable()
export class SeenDevices implements OnModuleInit, OnModuleDestroy {
  readonly #strangers: PerCity<Strangers<DeviceSeen>>;
  readonly #timer: NodeJS.Timeout;

  constructor(bus: EventBus, { cities }: RouteSettings) {
    this.#strangers = new PerCity(cities, (city) => {
      const assigned = bus.table(DeviceAssigned, city);
      const isRegistered = (device: DeviceRef) => assigned.get(deviceKey(device)) !== undefined;
      return new Strangers(bus, city, { event: DeviceSeen, ready: assigned.ready, isRegistered });
    });
    this.#timer = setInterval(() => {
      for (const strangers of this.#strangers.values()) void strangers.tell();
    }, TELL_EVERY_MS).unref();
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#strangers.values()].map((strangers) => strangers.ready()));
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** A stranger said something. */
  note(device: DeviceRef, reading: Reading, heard: Heard): void {
    const place = 'position' in reading ? { lat: reading.position.lat, lng: reading.position.lng } : {};
    this.#strangers.here.note(device, { lastRaw: reading.raw, ...place }, heard);
  }

  /** Strangers, latest first. */
  list(): DeviceSeen[] {
    return this.#strangers.here.list();
  }

  /** It is a stranger no more. */
  forget(device: DeviceRef): Promise<void> {
    return this.#strangers.here.forget(device);
  }

  /** Passes by simulators, and these devices whoever sends for them, for a minute from now. */
  ignoreExercises(devices: readonly DeviceRef[]): void {
    this.#strangers.here.ignoreExercises(devices);
  }

  /** Forgets simulated strangers, also those nobody was told of yet; answers how many. */
  forgetExercises(): Promise<number> {
    return this.#strangers.here.forgetExercises();
  }
}
