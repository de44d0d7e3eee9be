import { Controller, Get, Req } from '@nestjs/common';
import {
  parse,
  ProgramQuery,
  thingOfKey,
  type ControllerProgramme,
  type ControllerProgrammes,
  type RegisteredController,
} from '@siaga/contracts';
import type { FastifyRequest } from 'fastify';
import { StreetDoor } from '../telemetry/street-door.ts';
import { StreetRegister } from '../register/street-register.ts';
import { Addressees } from './addressees.ts';
import { Programmes } from './programmes.ts';

/** A controller keeps its programme for so long, should it not reach us. */
const AHEAD_MS = 48 * 3_600_000;

/** What lamps do by themselves in the next days, as their controllers fetch and keep it. */
@Controller()
export class ProgramController {
  constructor(
    private readonly door: StreetDoor,
    private readonly programmes: Programmes,
    private readonly register: StreetRegister,
    private readonly addressees: Addressees,
  ) {}

  @Get(['ingest/street/program', 'ingest/:city/street/program'])
  async program(@Req() request: FastifyRequest): Promise<ControllerProgrammes> {
    const { deviceId } = parse(ProgramQuery, request.query, 'query');
    return this.door.speakFor(deviceId, request, (controller) =>
      Promise.resolve({ items: this.thingsOf(controller).map((thing) => this.planOf(thing)) }),
    );
  }

  /** Its own, and those lamps of its panel that have a programme of their own and nobody else to tell them. */
  private thingsOf({ speaksFor }: Pick<RegisteredController, 'speaksFor'>): string[] {
    const { kind, thingId } = thingOfKey(speaksFor);
    if (kind === 'lamp') return [speaksFor];
    const lamps = [...this.register.here.lampsOf.of(thingId)].map((lampId) => `lamp:${lampId}`);
    const ours = lamps.filter((lamp) => this.programmes.isAssigned(lamp) && this.addressees.own(lamp) === undefined);
    return [speaksFor, ...ours];
  }

  private planOf(thing: string): ControllerProgramme {
    const { kind, thingId } = thingOfKey(thing);
    const nowMs = Date.now();
    const { programmeId } = this.programmes.of(thing);
    const coming = this.programmes.between(thing, nowMs, nowMs + AHEAD_MS);
    const now = { time: new Date(nowMs).toISOString(), levelPercent: this.programmes.levelAt(thing, nowMs) };
    const switches = coming.map(({ atMs, levelPercent }) => ({ time: new Date(atMs).toISOString(), levelPercent }));
    return {
      ...(kind === 'lamp' ? { lampId: thingId } : { panelId: thingId }),
      programmeId,
      switches: [now, ...switches],
    };
  }
}
