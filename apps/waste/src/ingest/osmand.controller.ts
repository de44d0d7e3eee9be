import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { deviceRequestOf, doorPaths } from '@siaga/identity';
import type { FastifyRequest } from 'fastify';
import { DeviceDoor } from './device-door.ts';
import { readOsmand, speaksJson } from './osmand.ts';

const paths = doorPaths('osmand');

/**
 * Door of OsmAnd and Traccar Client. 200 with an empty body, or with the reasons of what was refused for good; a device
 * on no truck hears 400, or 404 when it speaks JSON, as from a Traccar server.
 */
@Controller()
export class OsmandController {
  constructor(private readonly door: DeviceDoor) {}

  @Get(paths)
  byQuery(@Req() request: FastifyRequest): Promise<string> {
    return this.#report(request);
  }

  @Post(paths)
  @HttpCode(200)
  byBody(@Req() request: FastifyRequest): Promise<string> {
    return this.#report(request);
  }

  async #report(request: FastifyRequest): Promise<string> {
    const answer = await this.door.hear('osmand', request, readOsmand);
    if (answer.result === 'taken') return answer.refused.map(({ reason, detail }) => `${reason}: ${detail}`).join('\n');
    const json = speaksJson(deviceRequestOf(request));
    throw new Fault(answer.result === 'unknown' && json ? 'not-found' : 'invalid', answer.detail);
  }
}
