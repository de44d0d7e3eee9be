import { isLoopback } from '@siaga/service/config';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isSecure } from './browser-sessions.ts';

/** On every answer. Pages add the content security policy they need; answers are no pages. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self)',
};
const framedByNobody = { 'content-security-policy': "frame-ancestors 'none'" };
const noPage = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store' };

/** Half a year; names beside ours are not ours to speak for. */
const httpsOnly = { 'strict-transport-security': 'max-age=15552000' };

/** What browsers are told about any answer of ours; a service behind the door may say more of its own. */
export function secureAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      ...always,
      ...(request.url.startsWith('/api/') ? noPage : framedByNobody),
      ...(isSecure(request) && !isThisMachine(request) ? httpsOnly : {}),
    });
    done();
  });
}

/** A browser would keep to HTTPS for all that ever listens under `localhost`. */
function isThisMachine({ protocol, host }: FastifyRequest): boolean {
  const address = `${protocol}://${host}`;
  return URL.canParse(address) && isLoopback(new URL(address).hostname);
}
