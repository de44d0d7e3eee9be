import { randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import httpProxy from '@fastify/http-proxy';
import { Fault } from '@siaga/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { refuse } from './refuse.ts';

/** A spreadsheet of 3 MB in base64 fits into a call, a hundred positions into a report. */
const CALL_BYTES = 4_500_000;
const REPORT_BYTES = 262_144;

/** Which service answers which door, and the largest body it is to be bothered with. */
const doors = [
  { door: '/api/waste', service: 'waste', url: 'WASTE_URL', bodyBytes: CALL_BYTES },
  { door: '/ingest', service: 'waste', url: 'WASTE_URL', bodyBytes: REPORT_BYTES },
] as const satisfies readonly { door: string; service: string; url: keyof GatewayConfig; bodyBytes: number }[];

/** A dead service is told at once, a hanging one after a person's patience. */
const CONNECT_MS = 1000;
const ANSWER_MS = 15_000;

/** Hands REST calls and device reports on as they are: bodies, content types and answers are the service's own. */
export async function proxyServices(fastify: FastifyInstance, config: GatewayConfig): Promise<void> {
  for (const { door, service, url, bodyBytes } of doors)
    await fastify.register(async (scope) => {
      scope.removeAllContentTypeParsers(); // http-proxy hands bodies on unread
      const tooLarge = new Fault('too-large', `a body has at most ${bodyBytes} bytes here`);
      scope.addHook('onRequest', (request, reply, done) => {
        if (Number(request.headers['content-length'] ?? 0) > bodyBytes) refuseUnread(reply, tooLarge);
        else done();
      });
      const overlong = new WeakSet<FastifyRequest>();
      scope.addHook('preParsing', (request, _reply, payload, done) => {
        done(null, payload.pipe(atMost(bodyBytes, () => overlong.add(request))));
      });
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
          rewriteRequestHeaders: (request, headers) => ({ ...withoutHopHeaders(headers), ...headersOf(request) }),
          rewriteHeaders: withoutHopHeaders,
          onError: (reply, { error }) => {
            if (overlong.has((reply as FastifyReply).request)) refuseUnread(reply as FastifyReply, tooLarge);
            else
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

/** What belongs to one connection is not handed on to another: RFC 9110 §7.6.1. */
function withoutHopHeaders<Headers extends object>(headers: Headers): Headers {
  const hop = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'http2-settings'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hop.includes(name))) as Headers;
}

/** Lets so many bytes through, also of a body that does not say its length beforehand. */
function atMost(bytes: number, exceeded: () => void): Transform {
  let passed = 0;
  return new Transform({
    transform: (part: Buffer, _encoding, done) => {
      passed += part.length;
      if (passed <= bytes) {
        done(null, part);
        return;
      }
      exceeded();
      done(new Error('body too large'));
    },
  });
}

/** A refused body is still on its way; the connection cannot serve another request behind it. */
function refuseUnread(reply: FastifyReply, fault: Fault): void {
  void reply.header('connection', 'close');
  refuse(reply, fault);
}
