import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Fault, type ReportOutcome } from '@siaga/contracts';
import { doorPaths } from '@siaga/identity';
import type { FastifyRequest } from 'fastify';
import { readChirpstack } from './chirpstack.ts';
import { StreetDoor } from './street-door.ts';

/** Door of ChirpStack's HTTP integration. 200 once the log has the uplink, or when there is nothing in it for us. */
@Controller()
export class ChirpstackController {
  constructor(private readonly door: StreetDoor) {}

  @Post(doorPaths('chirpstack'))
  @HttpCode(200)
  async event(@Req() request: FastifyRequest): Promise<{ items: ReportOutcome[] }> {
    const { items } = await this.door.hear('chirpstack', request, readChirpstack);
    const [first] = items;
    if (first?.reason === 'unknown-device') throw new Fault('not-found', first.detail ?? '');
    if (first?.reason === 'malformed') throw new Fault('invalid', first.detail ?? '');
    return { items };
  }
}
