import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Health } from './health.ts';
import { metrics } from './metrics.ts';

/** `/health/live`, `/health/ready` (200 or 503 with every check's report) and `/metrics`. */
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

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
  async metrics() {
    return metrics.metrics();
  }

  private async answer(reply: FastifyReply, which: 'live' | 'ready') {
    const report = await this.health.report(which);
    await reply.status(report.ok ? 200 : 503).send(report);
  }
}
