import { Injectable } from '@nestjs/common';
import type { Lamp, Panel } from '@siaga/contracts';
import { lampKind } from '../lamps/lamp-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { answerOf } from '../register/kind.ts';
import { Things } from '../register/things.store.ts';
import type { LampOfReport } from './report-document.ts';

type Known = Lamp & { kelurahanCode?: string; exercise: boolean };

/** What the register knows of lamps that people name. */
@Injectable()
export class LampsNamed {
  constructor(private readonly things: Things) {}

  /** undefined for one that nobody registered. */
  async find(lampId: string): Promise<LampOfReport | undefined> {
    const found = (await this.things.known(lampKind, [lampId])).get(lampId);
    if (found === undefined) return undefined;
    const { panelId, poleNumber, place, kelurahanCode, exercise } = answerOf(lampKind, found) as unknown as Known;
    const { lat, lng } = place;
    return {
      ...{ lampId, name: poleNumber ?? lampId, place: { lat, lng }, exercise, within: await this.#above(panelId) },
      ...(kelurahanCode === undefined ? {} : { kelurahanCode }),
    };
  }

  async #above(panelId: string | undefined): Promise<LampOfReport['within']> {
    if (panelId === undefined) return [];
    const panel = (await this.things.known(panelKind, [panelId])).get(panelId);
    const feederId = panel === undefined ? undefined : (answerOf(panelKind, panel) as unknown as Panel).feederId;
    return [`panel:${panelId}`, ...(feederId === undefined ? [] : [`feeder:${feederId}`])];
  }
}
