import { neighbourhoodOf, RateLimit, refuse, tooMany, type RouteSettings } from '@siaga/service';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';

/** Fifty screens behind one address that load at once, and phones of a whole fleet after their network came back. */
const CALLS_AT_ONCE_S = 20;
const REPORTS_AT_ONCE_S = 10;

/**
 * How often one address may come: devices and people apart, and whoever sends too much is told when to come again. A
 * simulator that proves to be one is not an attack, however fast its city's clock runs.
 */
export function limitAddresses(fastify: FastifyInstance, config: GatewayConfig, settings: RouteSettings): void {
  const { CALLS_PER_SECOND_OF_ADDRESS: calls, REPORTS_PER_SECOND_OF_ADDRESS: reports } = config;
  const people = new RateLimit({ perSecond: calls, burst: calls * CALLS_AT_ONCE_S });
  const devices = new RateLimit({ perSecond: reports, burst: reports * REPORTS_AT_ONCE_S });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health/')) return;
    const isReport = request.url.startsWith('/ingest/');
    const retryAfterS = (isReport ? devices : people).take(neighbourhoodOf(request.ip));
    if (retryAfterS === 0 || (isReport && (await settings.simulatedCity(request.headers)) !== undefined)) return;
    const who = `alamat ${request.ip}`;
    refuse(reply, tooMany({ door: isReport ? 'ingest' : 'api', because: 'address', retryAfterS, who }));
    await reply;
  });
}
