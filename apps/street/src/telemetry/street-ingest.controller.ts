import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Fault, type ReportOutcome } from '@siaga/contracts';
import { doorPaths } from '@siaga/identity';
import type { FastifyRequest } from 'fastify';
import { readPlainReports } from './plain-reports.ts';
import { StreetDoor } from './street-door.ts';

/**
 * Door of controllers that speak our own JSON. 200 once the log has it, or when it is refused for good; a list is answered
 * item by item. One report of a device nobody knows hears 404, one that cannot be read 400: sending it again may help
 * after somebody acted.
 */
@Controller()
export class StreetIngestController {
  constructor(private readonly door: StreetDoor) {}

  @Post(doorPaths('street'))
  @HttpCode(200)
  async report(@Req() request: FastifyRequest): Promise<ReportOutcome | { items: ReportOutcome[] }> {
    const { isList, items } = await this.door.hear('street', request, readPlainReports);
    const [first] = items;
    if (isList || first === undefined) return { items };
    if (first.reason === 'unknown-device') throw new Fault('not-found', first.detail ?? '');
    if (first.reason === 'malformed') throw new Fault('invalid', first.detail ?? '');
    return first;
  }
}
