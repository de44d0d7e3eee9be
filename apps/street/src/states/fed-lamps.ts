import { Injectable } from '@nestjs/common';
import type { Lamp } from '@siaga/contracts';
import { trusted } from '@siaga/store';
import { lampKind } from '../lamps/lamp-kind.ts';
import { Things } from '../register/things.store.ts';
import type { FedThing } from './fed-thing.ts';

type Known = Pick<Lamp, 'panelId' | 'place'> & { exercise: boolean; kelurahanCode?: string | undefined };

/** Lamps and the panels that feed them, as the register has them this moment. */
@Injectable()
export class FedLamps {
  constructor(private readonly things: Things) {}

  async below(panelIds: readonly string[]): Promise<string[]> {
    const lamps = await this.things.all(lampKind, { panelId: trusted({ $in: [...panelIds] }) });
    return lamps.map(({ _id }) => _id);
  }

  async known(lampIds: readonly string[]): Promise<Map<string, FedThing>> {
    const lamps = await this.things.known(lampKind, lampIds);
    return new Map([...lamps].map(([lampId, lamp]) => [lampId, fedOf(lampId, lamp as unknown as Known)]));
  }
}

function fedOf(lampId: string, { panelId, place: { lat, lng }, kelurahanCode, exercise }: Known): FedThing {
  const thing = { kind: 'lamp', thingId: lampId };
  const place = { lat, lng, ...(kelurahanCode !== undefined && { kelurahanCode }) };
  return { panelId, exercise, said: { thing, name: lampId, agency: 'dishub', place }, through: [] };
}
