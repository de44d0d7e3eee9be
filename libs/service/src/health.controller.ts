import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Health } from './health.ts';
import { metrics, withoutCities } from './metrics.ts';
import { RouteSettings } from './route-settings.ts';

/** `/health/live`, `/health/ready` (200 or 503 with every check's report) and, for those who may, `/metrics`. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly settings: RouteSettings,
  ) {}

  @Get('health/live')
  async live(@Res() reply: FastifyReply) {
    await this.answer(reply, 'live');
  }

  @Get('health/ready')
  async ready(@Res() reply: FastifyReply) {
    await this.answer(reply, 'ready');
  }

  @Get('metrics')
  @Header('content-type', metrics.contentType)
  async metrics(@Req() request: FastifyRequest) {
    const { city, kind } = await this.settings.admitWithToken(request, {
      name: 'metrics',
      permission: ['viewer', 'supervisor', 'agency-admin'],
    });
    const text = await metrics.metrics();
    // the owner of the machine watches all of it with a token of the home city; anybody else knows his own city only
    if (kind === 'service' && city === this.settings.city) return text;
    return withoutCities(
      text,
      this.settings.cities.filter((other) => other !== city),
    );
  }

  private async answer(reply: FastifyReply, which: 'live' | 'ready') {
    const report = await this.health.report(which);
    await reply.status(report.ok ? 200 : 503).send(report);
  }
}
