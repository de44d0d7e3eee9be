import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { doorPaths } from '@siaga/identity';
import type { FastifyRequest } from 'fastify';
import { DeviceDoor } from './device-door.ts';
import { readTraccar } from './traccar.ts';

/** Door of a Traccar server that forwards as JSON: it reads the status only, and tries again on anything but 2xx. */
@Controller()
export class TraccarController {
  constructor(private readonly door: DeviceDoor) {}

  @Post(doorPaths('traccar'))
  @HttpCode(200)
  async report(@Req() request: FastifyRequest) {
    const answer = await this.door.hear('traccar', request, readTraccar);
    if (answer.result === 'taken') return { refused: answer.refused };
    throw new Fault(answer.result === 'unknown' ? 'not-found' : 'invalid', answer.detail);
  }
}
