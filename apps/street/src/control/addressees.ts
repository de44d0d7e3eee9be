import { Injectable } from '@nestjs/common';
import { thingOfKey, type ControllerRegistered } from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';
import { lampStates, StatesStore } from '../states/states.store.ts';
import type { LampState } from '../states/lamp-rules.ts';
import { Members } from '../register/members.ts';
import { StreetRegister } from '../register/street-register.ts';

/** Whom a command for a thing goes to. */
export interface Addressee {
  controllerId: string;
  /** How often it reports, seconds. */
  intervalS: number;
}

/** Which controller is told for a lamp or panel: its own, or that of its panel, for lamps it was heard to speak for. */
@Injectable()
export class Addressees {
  readonly #byThing: PerCity<Members<ControllerRegistered>>;

  constructor(
    private readonly register: StreetRegister,
    private readonly states: StatesStore,
    { cities }: RouteSettings,
  ) {
    this.#byThing = new PerCity(cities, (city) => {
      const members = new Members<ControllerRegistered>(({ speaksFor }) => speaksFor);
      members.follow(register.of(city).controllers);
      return members;
    });
  }

  /** The one that is registered for it. LoRaWAN cannot be told yet. */
  own(thing: string): Addressee | undefined {
    const { controllers } = this.register.here;
    for (const controllerId of this.#byThing.here.of(thing)) {
      const controller = controllers.get(controllerId);
      if (controller?.protocol === 'street') return { controllerId, intervalS: controller.intervalS };
    }
    return undefined;
  }

  /** Whether it has a controller that reports of it and cannot be told: LoRaWAN. */
  isOneWay(thing: string): boolean {
    const { controllers } = this.register.here;
    return [...this.#byThing.here.of(thing)].some((id) => controllers.get(id)?.protocol === 'chirpstack');
  }

  /** Whether a controller answers for a thing still: registered for it, or for the panel of a lamp without one of its own. */
  isStill(thing: string, controllerId: string): boolean {
    const { controllers, lamps } = this.register.here;
    const controller = controllers.get(controllerId);
    if (controller?.protocol !== 'street') return false;
    if (controller.speaksFor === thing) return true;
    const { kind, thingId } = thingOfKey(thing);
    const panelId = kind === 'lamp' ? lamps.get(thingId)?.panelId : undefined;
    return panelId !== undefined && controller.speaksFor === `panel:${panelId}` && this.own(thing) === undefined;
  }

  /** Who answers for each of these now; `speakers`: who was just heard to speak for a thing. */
  async ofThings(
    things: readonly string[],
    speakers: ReadonlyMap<string, string> = new Map(),
  ): Promise<ReadonlyMap<string, Addressee | undefined>> {
    const lampIds = things.map(thingOfKey).flatMap(({ kind, thingId }) => (kind === 'lamp' ? [thingId] : []));
    const heard = new Map<string, Pick<LampState, 'controllerId'>>(await this.heard(lampIds));
    for (const [thing, controllerId] of speakers) heard.set(thingOfKey(thing).thingId, { controllerId });
    return new Map(things.map((thing) => [thing, this.#of(thing, heard)]));
  }

  /** What lamps did when they were heard last, by lampId: of those that ever were. */
  heard(lampIds: readonly string[]): Promise<ReadonlyMap<string, LampState>> {
    return this.states.known(lampStates, lampIds);
  }

  /** Its own, or the panel's that spoke for it last. */
  ofLamp(lampId: string, heard: ReadonlyMap<string, Pick<LampState, 'controllerId'>>): Addressee | undefined {
    const own = this.own(`lamp:${lampId}`);
    if (own !== undefined) return own;
    const { controllers, lamps } = this.register.here;
    const panelId = lamps.get(lampId)?.panelId;
    const last = heard.get(lampId)?.controllerId ?? '';
    const controller = controllers.get(last);
    if (controller?.protocol !== 'street' || panelId === undefined) return undefined;
    const { kind, thingId } = thingOfKey(controller.speaksFor);
    return kind === 'panel' && thingId === panelId
      ? { controllerId: last, intervalS: controller.intervalS }
      : undefined;
  }

  #of(thing: string, heard: ReadonlyMap<string, Pick<LampState, 'controllerId'>>): Addressee | undefined {
    const { kind, thingId } = thingOfKey(thing);
    return kind === 'lamp' ? this.ofLamp(thingId, heard) : this.own(thing);
  }
}
