import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import {
  ControllerRegistered,
  FeederRegistered,
  LampRegistered,
  PanelRegistered,
  type Controller,
  type DeviceRef,
  type Lamp,
  type Panel,
} from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';
import { controllerKind } from '../controllers/controller-kind.ts';
import { lampKind } from '../lamps/lamp-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import type { Kind } from './kind.ts';
import { Things } from './things.store.ts';
import { LookUps } from './look-ups.ts';
import { Members } from './members.ts';

/** What was just looked for in vain is not looked for again for so long: a stranger must not keep the store busy. */
const UNKNOWN_FOR_MS = 1000;
const MOST_UNKNOWN = 10_000;

/** A controller, and whether it is simulated: what it says is then, too. */
export type KnownController = Controller & { exercise: boolean };

/** Registers of a city as the log says they are, and who belongs to whom. */
export class CityRegister {
  readonly controllers: Table<ControllerRegistered>;
  readonly feeders: Table<FeederRegistered>;
  readonly panels: Table<PanelRegistered>;
  readonly lamps: Table<LampRegistered>;
  readonly lampsOf = new Members<LampRegistered>(({ panelId }) => panelId);
  readonly panelsOf = new Members<PanelRegistered>(({ feederId }) => feederId);
  readonly unknownUntil = new Map<string, number>();

  constructor(bus: EventBus, city: string) {
    this.controllers = bus.table(ControllerRegistered, city);
    this.feeders = bus.table(FeederRegistered, city);
    this.panels = bus.table(PanelRegistered, city);
    this.lamps = bus.table(LampRegistered, city);
    this.lampsOf.follow(this.lamps);
    this.panelsOf.follow(this.panels);
  }

  get ready(): Promise<unknown> {
    return Promise.all([this.controllers, this.feeders, this.panels, this.lamps].map(({ ready }) => ready));
  }
}

/** What the doors and rules ask of the registers of the context's city: from memory, and the register before anybody is refused. */
@Injectable()
export class StreetRegister implements OnModuleInit {
  readonly #cities: PerCity<CityRegister>;
  readonly #lookUps: LookUps;

  constructor(things: Things, bus: EventBus, { cities }: RouteSettings) {
    this.#cities = new PerCity(cities, (city) => new CityRegister(bus, city));
    this.#lookUps = new LookUps((kind, ids) => things.known(kind, ids));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([...this.#cities.values()].map(({ ready }) => ready));
  }

  get cities(): string[] {
    return [...this.#cities.entries()].map(([city]) => city);
  }

  get here(): CityRegister {
    return this.#cities.here;
  }

  of(city: string): CityRegister {
    return this.#cities.of(city);
  }

  /** The controller of a device; undefined when it is in no register, or speaks another protocol there. */
  async controller({ protocol, deviceId }: DeviceRef): Promise<KnownController | undefined> {
    const entry = this.here.controllers.entry(deviceId);
    const found =
      entry === undefined
        ? await this.#kept<KnownController>(controllerKind, deviceId)
        : { ...entry.data, exercise: entry.exercise };
    return found?.protocol === protocol ? found : undefined;
  }

  /** Takes as long as {@link controller} for a stranger, or the time of an answer would tell whose id is registered. */
  async unproven({ protocol, deviceId }: DeviceRef): Promise<KnownController | undefined> {
    await this.#kept(controllerKind, deviceId);
    return this.heardOf({ protocol, deviceId });
  }

  async lamp(lampId: string): Promise<Pick<Lamp, 'panelId' | 'place' | 'watt'> | undefined> {
    return this.here.lamps.get(lampId) ?? this.#kept<Lamp>(lampKind, lampId);
  }

  async panel(panelId: string): Promise<Pick<Panel, 'feederId' | 'place' | 'contractedVa'> | undefined> {
    return this.here.panels.get(panelId) ?? this.#kept<Panel>(panelKind, panelId);
  }

  /** The controller of a device as far as this process has heard. */
  heardOf({ protocol, deviceId }: DeviceRef): KnownController | undefined {
    const entry = this.here.controllers.entry(deviceId);
    return entry?.data.protocol === protocol ? { ...entry.data, exercise: entry.exercise } : undefined;
  }

  async #kept<Thing>(kind: Kind, id: string): Promise<(Thing & { exercise: boolean }) | undefined> {
    const { unknownUntil } = this.here;
    const name = `${kind.name} ${id}`;
    if ((unknownUntil.get(name) ?? 0) > Date.now()) return undefined;
    const found = await this.#lookUps.one(kind, id);
    if (found !== undefined) return found as unknown as Thing & { exercise: boolean };
    unknownUntil.delete(name);
    unknownUntil.set(name, Date.now() + UNKNOWN_FOR_MS);
    const [oldest] = unknownUntil.keys();
    if (unknownUntil.size > MOST_UNKNOWN && oldest !== undefined) unknownUntil.delete(oldest);
    return undefined;
  }
}
