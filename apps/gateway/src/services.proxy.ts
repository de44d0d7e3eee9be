import { randomUUID } from 'node:crypto';
import httpProxy from '@fastify/http-proxy';
import { Fault } from '@siaga/contracts';
import { problemOf } from '@siaga/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config.ts';

/** Which service answers which door. */
const doors = [
  { door: '/api/waste', service: 'waste', url: 'WASTE_URL' },
  { door: '/ingest', service: 'waste', url: 'WASTE_URL' },
] as const satisfies readonly { door: string; service: string; url: keyof GatewayConfig }[];

/** A spreadsheet of 3 MB in base64 fits. */
const LARGEST_BODY_BYTES = 4_500_000;
/** A dead service is told at once, a hanging one after a person's patience. */
const CONNECT_MS = 1000;
const ANSWER_MS = 15_000;

/** Hands REST calls and device reports on as they are: bodies, content types and answers are the service's own. */
export async function proxyServices(fastify: FastifyInstance, config: GatewayConfig): Promise<void> {
  for (const { door, service, url } of doors)
    await fastify.register(async (scope) => {
      scope.removeAllContentTypeParsers(); // http-proxy hands bodies on unread
      scope.addHook('onRequest', refuseLargeBody);
      await scope.register(httpProxy, {
        upstream: config[url],
        prefix: door,
        rewritePrefix: door,
        undici: {
          connections: 128,
          connect: { timeout: CONNECT_MS },
          headersTimeout: ANSWER_MS,
          bodyTimeout: ANSWER_MS,
        },
        retryMethods: [],
        replyOptions: {
          rewriteRequestHeaders: (request, headers) => ({ ...headers, ...headersOf(request) }),
          onError: (reply, { error }) => {
            refuse(
              reply as FastifyReply,
              new Fault('unavailable', `${service} does not answer; try again shortly`, { cause: error }),
            );
          },
        },
      });
    });
}

/** Where it comes from and one id for all that follows, so that logs of two services can be read together. */
function headersOf(request: { headers: FastifyRequest['headers']; socket: FastifyRequest['socket'] }) {
  const given = request.headers['x-correlation-id'];
  return {
    'x-correlation-id': typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID(),
    'x-forwarded-for': request.socket.remoteAddress ?? '',
  };
}

function refuseLargeBody(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY_BYTES)
    refuse(reply, new Fault('too-large', `a body has at most ${LARGEST_BODY_BYTES} bytes`));
  else done();
}

function refuse(reply: FastifyReply, fault: Fault): void {
  if (fault.retriable) void reply.header('retry-after', '1');
  void reply
    .code(fault.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(fault)));
}
