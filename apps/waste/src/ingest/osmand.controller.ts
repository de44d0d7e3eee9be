import { All, Controller, HttpCode, Req } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import type { FastifyRequest } from 'fastify';
import { deviceRequestOf } from './device-bodies.ts';
import { DeviceDoor } from './device-door.ts';
import { readOsmand, speaksJson } from './osmand.ts';

/**
 * Door of OsmAnd and Traccar Client. 200 with an empty body, or with the reasons of what was refused for good; a device
 * on no truck hears 400, or 404 when it speaks JSON, as from a Traccar server.
 */
@Controller()
export class OsmandController {
  constructor(private readonly door: DeviceDoor) {}

  @All(['ingest/osmand', 'ingest/osmand/'])
  @HttpCode(200)
  async report(@Req() request: FastifyRequest): Promise<string> {
    const answer = await this.door.hear('osmand', request, readOsmand);
    if (answer.result === 'taken') return answer.refused.map(({ reason, detail }) => `${reason}: ${detail}`).join('\n');
    const json = speaksJson(deviceRequestOf(request));
    throw new Fault(answer.result === 'unknown' && json ? 'not-found' : 'invalid', answer.detail);
  }
}
