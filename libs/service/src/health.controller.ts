import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Health } from './health.ts';
import { metrics } from './metrics.ts';
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
    await this.settings.admitWithToken(request, {
      name: 'metrics',
      permission: ['viewer', 'supervisor', 'agency-admin'],
    });
    return metrics.metrics();
  }

  private async answer(reply: FastifyReply, which: 'live' | 'ready') {
    const report = await this.health.report(which);
    await reply.status(report.ok ? 200 : 503).send(report);
  }
}
