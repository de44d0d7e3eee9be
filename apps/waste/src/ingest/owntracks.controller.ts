import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { doorPaths } from '@siaga/identity';
import type { FastifyRequest } from 'fastify';
import { DeviceDoor } from './device-door.ts';
import { readOwnTracks } from './owntracks.ts';

/** Door of OwnTracks in HTTP mode: the app expects a list of messages for it, and we have none. */
@Controller()
export class OwnTracksController {
  constructor(private readonly door: DeviceDoor) {}

  @Post(doorPaths('owntracks'))
  @HttpCode(200)
  async report(@Req() request: FastifyRequest): Promise<[]> {
    const answer = await this.door.hear('owntracks', request, readOwnTracks);
    if (answer.result !== 'taken') throw new Fault('invalid', answer.detail);
    return [];
  }
}
