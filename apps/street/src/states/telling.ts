import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ConditionChanged, LampStateChanged, PanelStateChanged, type Place } from '@siaga/contracts';
import { DarkSpans } from '../darkness/dark-spans.store.ts';
import { StreetRegister } from '../register/street-register.ts';
import { conditionOf, type Subject } from './conditions.ts';
import { lampSaid, type LampState } from './lamp-rules.ts';
import { panelSaid, type PanelState } from './panel-rules.ts';
import type { Trouble } from './trouble.ts';

/** Tells screens what lamps and panels do, and the alarm desk what is wrong with them; a repeat tells the same. */
@Injectable()
export class Telling {
  constructor(
    private readonly register: StreetRegister,
    private readonly bus: EventBus,
    private readonly spans: DarkSpans,
  ) {}

  /** Troubles that changed since then are told, too: `sinceMs` by the thing's id. */
  async lamps(lamps: Iterable<LampState>, sinceMs: (lampId: string) => number): Promise<void> {
    const all = [...lamps];
    await this.bus.publishAll(LampStateChanged, all.map(lampSaid));
    const conditions = all.flatMap((lamp) =>
      since(lamp.troubles, sinceMs(lamp.lampId)).map((trouble) => conditionOf(this.#lamp(lamp.lampId, lamp), trouble)),
    );
    await this.spans.keep(conditions);
    await this.bus.publishAll(ConditionChanged, conditions);
  }

  /** The same of panels. */
  async panels(panels: Iterable<PanelState>, sinceMs: (panelId: string) => number): Promise<void> {
    const all = [...panels];
    await this.bus.publishAll(PanelStateChanged, all.map(panelSaid));
    const conditions = all.flatMap((panel) =>
      since(panel.troubles, sinceMs(panel.panelId)).map((trouble) =>
        conditionOf(this.#panel(panel.panelId, panel), trouble),
      ),
    );
    await this.bus.publishAll(ConditionChanged, conditions);
  }

  /** A lamp as the desk is to know it, by the register. */
  #lamp(lampId: string, { panelId, place }: { panelId?: string | undefined; place?: Place | undefined }): Subject {
    const { lamps } = this.register.here;
    const kelurahanCode = lamps.get(lampId)?.kelurahanCode;
    const within = panelId === undefined ? [] : [`panel:${panelId}`, ...this.#feederOf(panelId)];
    return { kind: 'lamp', thingId: lampId, name: lampId, within, place: place && { ...bare(place), kelurahanCode } };
  }

  #panel(panelId: string, { place }: { place?: Place | undefined }): Subject {
    const kelurahanCode = this.register.here.panels.get(panelId)?.kelurahanCode;
    const where = place && { ...bare(place), kelurahanCode };
    return { kind: 'panel', thingId: panelId, name: panelId, within: this.#feederOf(panelId), place: where };
  }

  #feederOf(panelId: string): string[] {
    const feederId = this.register.here.panels.get(panelId)?.feederId;
    return feederId === undefined ? [] : [`feeder:${feederId}`];
  }
}

const bare = ({ lat, lng }: Place): Place => ({ lat, lng });
const since = (troubles: readonly Trouble[], sinceMs: number) =>
  troubles.filter(({ changedAtMs }) => changedAtMs >= sinceMs);
