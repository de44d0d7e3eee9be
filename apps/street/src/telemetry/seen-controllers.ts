import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ControllerSeen, type DeviceRef } from '@siaga/contracts';
import { Strangers, type Heard } from '@siaga/identity';
import { PerCity, RouteSettings } from '@siaga/service';
import { StreetRegister } from '../register/street-register.ts';

/** A device that reports every second is told of once a second. */
const TELL_EVERY_MS = 1000;

/** Controllers that report to the context's city and are in no register: lines an operator registers. */
@Injectable()
export class SeenControllers implements OnModuleInit, OnModuleDestroy {
  readonly #strangers: PerCity<Strangers<ControllerSeen>>;
  readonly #timer: NodeJS.Timeout;

  constructor(bus: EventBus, register: StreetRegister, { cities }: RouteSettings) {
    this.#strangers = new PerCity(cities, (city) => {
      const { controllers } = register.of(city);
      const isRegistered = ({ protocol, deviceId }: DeviceRef) => controllers.get(deviceId)?.protocol === protocol;
      return new Strangers<ControllerSeen>(bus, city, {
        event: ControllerSeen,
        ready: controllers.ready,
        isRegistered,
      });
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
  note(device: DeviceRef, lastRaw: string, heard: Heard): void {
    this.#strangers.here.note(device, { lastRaw }, heard);
  }

  /** Strangers, latest first. */
  list(): ControllerSeen[] {
    return this.#strangers.here.list();
  }

  /** It is a stranger no more. */
  forget(device: DeviceRef): Promise<void> {
    return this.#strangers.here.forget(device);
  }

  /** Passes by simulators, and these devices, for a minute; forgets simulated strangers. */
  async forgetExercises(devices: readonly DeviceRef[]): Promise<void> {
    this.#strangers.here.ignoreExercises(devices);
    await this.#strangers.here.forgetExercises();
  }
}
