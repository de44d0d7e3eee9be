import { Injectable } from '@nestjs/common';
import {
  Fault,
  MOST_OVERRIDDEN,
  thingOfKey,
  type Area,
  type InputOf,
  type LampRegistered,
  type PlannedThing,
  type TryLampOverride,
} from '@siaga/contracts';
import { panelStates, StatesStore } from '../states/states.store.ts';
import type { LampState } from '../states/lamp-rules.ts';
import type { PanelState } from '../states/panel-rules.ts';
import { StreetRegister } from '../register/street-register.ts';
import { Addressees, type Addressee } from './addressees.ts';
import { OpenOverrides } from './open-overrides.ts';
import { failed, issued, type Row } from './step.ts';

type Wanted = InputOf<typeof TryLampOverride>['body'];

/** What would become of one thing, and who is to be told. */
export interface Planned {
  thing: string;
  lamps: number;
  watt: number;
  verdict: PlannedThing['verdict'];
  addressee?: Addressee | undefined;
  /** In force on it now. */
  replaces?: NonNullable<PlannedThing['replaces']> | undefined;
  exercise: boolean;
}

/** Which lamps and panels a command means, and what would become of each. */
@Injectable()
export class Planning {
  constructor(
    private readonly register: StreetRegister,
    private readonly addressees: Addressees,
    private readonly states: StatesStore,
    private readonly open: OpenOverrides,
  ) {}

  /** Throws `invalid` for what nobody registered, and for too much at once. */
  async of(wanted: Wanted): Promise<Planned[]> {
    await this.open.refresh();
    const lampIds = this.#lampsOf(wanted);
    const heard = await this.addressees.heard(lampIds);
    const whole = await this.#wholePanels(wanted, heard);
    const { lampsOf } = this.register.here;
    const below = new Set(whole.flatMap(({ thing }) => [...lampsOf.of(thingOfKey(thing).thingId)]));
    const single = lampIds.filter((lampId) => !below.has(lampId)).map((lampId) => this.#lamp(lampId, heard));
    refuseMany(whole.length + single.length);
    return [...whole, ...single];
  }

  #lampsOf({ lampIds, panelIds, kelurahanCodes, area }: Wanted): string[] {
    const { lamps, panels, lampsOf } = this.register.here;
    for (const lampId of lampIds) if (lamps.get(lampId) === undefined) throw strange('lampIds', lampId);
    for (const panelId of panelIds) if (panels.get(panelId) === undefined) throw strange('panelIds', panelId);
    const found = new Set([...lampIds, ...panelIds.flatMap((panelId) => [...lampsOf.of(panelId)])]);
    if (kelurahanCodes.length > 0 || area !== undefined)
      for (const lamp of lamps.values())
        if (kelurahanCodes.includes(lamp.kelurahanCode ?? '') || isIn(lamp, area)) found.add(lamp.lampId);
    refuseMany(found.size);
    return [...found];
  }

  /** Panels none of whose lamps can be told by itself: their contactor is all there is. */
  async #wholePanels({ panelIds, levelPercent }: Wanted, heard: ReadonlyMap<string, LampState>): Promise<Planned[]> {
    const { panels, lampsOf } = this.register.here;
    const states = await this.states.known(panelStates, panelIds);
    return [...new Set(panelIds)].flatMap((panelId) => {
      const addressee = this.addressees.own(`panel:${panelId}`);
      const members = [...lampsOf.of(panelId)];
      if (addressee === undefined || members.some((lampId) => this.addressees.ofLamp(lampId, heard) !== undefined))
        return [];
      const isDimming = levelPercent > 0 && levelPercent < 100;
      const verdict = isDimming ? 'cannot-dim' : isHeard(states.get(panelId)) ? 'ready' : 'silent';
      const exercise = panels.entry(panelId)?.exercise === true;
      const planned = {
        thing: `panel:${panelId}`,
        lamps: members.length,
        watt: 0,
        verdict,
        addressee,
        exercise,
      } as const;
      return [{ ...planned, replaces: this.#holder(planned.thing) }];
    });
  }

  #lamp(lampId: string, heard: ReadonlyMap<string, LampState>): Planned {
    const { lamps } = this.register.here;
    const entry = lamps.entry(lampId);
    const addressee = this.addressees.ofLamp(lampId, heard);
    const panelId = entry?.data.panelId;
    const hasPanel = panelId !== undefined && this.addressees.own(`panel:${panelId}`) !== undefined;
    const thing = `lamp:${lampId}`;
    const verdict =
      addressee === undefined
        ? hasPanel ? 'panel-only' : this.addressees.isOneWay(thing) ? 'one-way' : 'no-controller' // prettier-ignore
        : isHeard(heard.get(lampId)) ? 'ready' : 'silent'; // prettier-ignore
    const planned = { thing, lamps: 1, watt: entry?.data.watt ?? 0, verdict, addressee, exercise: entry?.exercise === true } as const; // prettier-ignore
    return { ...planned, replaces: this.#holder(thing) };
  }

  #holder(thing: string): Planned['replaces'] {
    const held = this.open.holderOf(thing);
    if (held?.override.phase !== 'active') return undefined;
    const { _id: overrideId, by, levelPercent, untilMs } = held.override;
    return { overrideId, by, levelPercent, untilMs };
  }
}

/** What was planned as callers are told. */
export const plannedSaid = ({ thing, lamps, verdict, replaces }: Planned): PlannedThing => ({
  ...{ thing, lamps, verdict },
  ...(replaces === undefined ? {} : { replaces }),
});

/** What was planned as an override keeps it; `holder`: whose way back it interrupts, too. */
export function rowOf(
  { thing, lamps, watt, verdict, addressee }: Planned,
  holder: string | undefined,
  nowMs: number,
): Row {
  const isTold = verdict === 'ready' || verdict === 'silent';
  return {
    ...{ thing, lamps, watt, intervalS: addressee?.intervalS ?? 0 },
    ...(isTold && addressee !== undefined ? { controllerId: addressee.controllerId } : {}),
    applied: isTold ? issued(nowMs) : failed(verdict, nowMs),
    ...(holder === undefined || !isTold ? {} : { replaces: holder }),
  };
}

function refuseMany(count: number): void {
  if (count > MOST_OVERRIDDEN)
    throw new Fault(
      'invalid',
      `${String(count)} lampu atau panel sekaligus: paling banyak ${String(MOST_OVERRIDDEN)}, pilih lebih sedikit · too many at once`,
    );
}

const strange = (where: string, id: string) =>
  new Fault('invalid', `${where}: ${id} tidak terdaftar · is not registered`);

const isIn = ({ place }: LampRegistered, area: Area | undefined) =>
  area !== undefined &&
  place.lat >= area.south &&
  place.lat <= area.north &&
  place.lng >= area.west &&
  place.lng <= area.east;

const isHeard = (state: Pick<LampState | PanelState, 'silent'> | undefined) => state !== undefined && !state.silent;
