import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import httpProxy from '@fastify/http-proxy';
import { ControllerProtocol, Fault, type DeviceProtocol } from '@siaga/contracts';
import {
  Admission,
  createLogger,
  neighbourhoodOf,
  readBody,
  refuse,
  servedCities,
  unreadableAddress,
  type BodyLimits,
} from '@siaga/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSecure } from './browser-sessions.ts';
import type { GatewayConfig } from './config.ts';

const log = createLogger('proxy');

/** A spreadsheet of 3 MB in base64 fits into a call, a hundred positions into a report. */
const CALL_BYTES = 4_500_000;
const REPORT_BYTES = 262_144;
const FORM_BYTES = 65_536;

/** Calls of people handed on at a time: they come before devices, whose reports are refused first. */
const CALLS_AT_ONCE = 128;

/** Reports of people who have not signed in. */
const PUBLIC_AT_ONCE = 32;

/** Words of telephone systems: 112 of a city has tens of lines, each says four things of a call. */
const TELEPHONES_AT_ONCE = 64;

/** Controllers of lamps that wait for a command. */
const WAITING_AT_ONCE = 512;

/** Every screen of a city asks for its ticket at once after the gateway came back. */
const SIGN_INS_AT_ONCE = 128;

/**
 * A report that takes longer waits behind others, and what an operator does waits behind them, too, in every process on
 * the way: so few on their way, at what rate ever the machine takes them, leave room for people.
 */
const REPORT_WITHIN_MS = 50;

/** Which service answers which door, the largest body it is to be bothered with, and how much at a time. */
const doorsOf = (config: GatewayConfig) => {
  const { REPORTS_AT_ONCE, WASTE_URL, STREET_URL, ALARMS_URL, EMERGENCY_URL, TALK_URL, IDENTITY_URL } = config;
  const waste = { service: 'waste', upstream: WASTE_URL };
  const alarms = { service: 'alarms', upstream: ALARMS_URL, bodyBytes: FORM_BYTES };
  const emergency = { service: 'emergency', upstream: EMERGENCY_URL, bodyBytes: FORM_BYTES };
  const street = { service: 'street', upstream: STREET_URL };
  const talk = { service: 'talk', upstream: TALK_URL, bodyBytes: FORM_BYTES };
  const identity = { service: 'identity', upstream: IDENTITY_URL, bodyBytes: FORM_BYTES };
  const reports = { door: 'ingest', most: REPORTS_AT_ONCE, doneWithinMs: REPORT_WITHIN_MS } as const;
  return [
    { ...identity, prefix: '/api/session', room: { door: 'api', most: SIGN_INS_AT_ONCE } },
    { ...identity, prefix: '/api/identity', room: { door: 'api', most: CALLS_AT_ONCE } },
    { ...identity, prefix: '/api/audit', room: { door: 'api', most: CALLS_AT_ONCE } },
    { ...waste, prefix: '/api/waste', bodyBytes: CALL_BYTES, room: { door: 'api', most: CALLS_AT_ONCE } },
    // anybody's: nothing large, and never all the room there is
    { ...street, prefix: '/api/street/public', bodyBytes: FORM_BYTES, room: { door: 'api', most: PUBLIC_AT_ONCE } },
    { ...street, prefix: '/api/street', bodyBytes: CALL_BYTES, room: { door: 'api', most: CALLS_AT_ONCE } },
    { ...alarms, prefix: '/api/alarms', room: { door: 'api', most: CALLS_AT_ONCE } },
    { ...emergency, prefix: '/api/emergency/public', room: { door: 'api', most: PUBLIC_AT_ONCE } },
    { ...emergency, prefix: '/api/emergency', room: { door: 'api', most: CALLS_AT_ONCE } },
    { ...talk, prefix: '/api/talk', room: { door: 'api', most: CALLS_AT_ONCE } },
    // controllers wait here for something to do: they take no room of those that report
    ...controllerDoors(config).map((door) => ({
      ...{ ...street, prefix: `${door}/commands`, bodyBytes: FORM_BYTES },
      room: { door: 'ingest', most: WAITING_AT_ONCE } as const,
    })),
    ...controllerDoors(config).map((prefix) => ({ ...street, prefix, bodyBytes: REPORT_BYTES, room: reports })),
    // a call that rings waits behind no truck
    ...doorsTo(config, ['call']).map((prefix) => ({
      ...{ ...emergency, prefix },
      room: { door: 'ingest', most: TELEPHONES_AT_ONCE } as const,
    })),
    { ...waste, prefix: '/ingest', bodyBytes: REPORT_BYTES, room: reports },
  ] as const;
};

/** Doors of controllers of lamps; those of telephone systems are named above, all other devices are the waste service's. */
const controllerDoors = (config: GatewayConfig) => doorsTo(config, ControllerProtocol.options);

/** Doors of these protocols, of the home city and of every city by its code. */
const doorsTo = (config: GatewayConfig, protocols: readonly DeviceProtocol[]) =>
  ['/ingest', ...servedCities(config).map((city) => `/ingest/${city}`)].flatMap((door) =>
    protocols.map((protocol) => `${door}/${protocol}`),
  );

/** A dead service is told at once, a hanging one after a person's patience. */
const CONNECT_MS = 1000;
const ANSWER_MS = 15_000;

/** Bodies are read whole before a service is bothered: a phone on a poor network takes seconds, and holds up nobody. */
const BODY_WITHIN_MS = 10_000;

/** Hands REST calls and device reports on as they are: bodies, content types and answers are the service's own. */
export async function proxyServices(fastify: FastifyInstance, config: GatewayConfig): Promise<void> {
  for (const { prefix, service, upstream, bodyBytes, room } of doorsOf(config))
    await fastify.register(async (scope) => {
      scope.removeAllContentTypeParsers(); // http-proxy hands bodies on unread
      scope.setErrorHandler((error, _, reply) => {
        refuse(reply, unreadableOf(error));
      });
      const admission = new Admission(room);
      scope.addHook('onClose', () => {
        admission.close();
      });
      scope.addHook('onRequest', (request, reply, done) => {
        const fault = tooLong(request, bodyBytes) ?? admission.turnAway();
        if (fault?.kind === 'too-large') refuseUnread(reply, fault);
        else if (fault !== undefined) refuse(reply, fault);
        else done();
      });
      scope.addHook('preParsing', (request, reply, payload, done) => {
        wholeBody(request, payload, { door: room.door, bytes: bodyBytes }).then(
          (body) => {
            // others may have come in while it arrived
            const refusal = admission.turnAway();
            if (refusal !== undefined) {
              refuse(reply, refusal);
              return;
            }
            if (reply.raw.destroyed) return; // nobody waits any more, and nothing would ever give the place back
            reply.raw.once('close', admission.enter());
            done(null, body);
          },
          (fault: unknown) => {
            refuseUnread(reply, fault as Fault);
          },
        );
      });
      await scope.register(httpProxy, {
        upstream,
        prefix,
        rewritePrefix: prefix,
        undici: {
          connections: room.most,
          connect: { timeout: CONNECT_MS },
          headersTimeout: ANSWER_MS,
          bodyTimeout: ANSWER_MS,
        },
        retryMethods: [],
        replyOptions: {
          rewriteRequestHeaders: (request, headers) => ({
            ...withoutHopHeaders(headers),
            ...headersOf(request as FastifyRequest),
          }),
          rewriteHeaders: withoutHopHeaders,
          onError: (reply, { error }) => {
            refuse(
              reply as FastifyReply,
              new Fault('unavailable', `${service} tidak menjawab, coba lagi sebentar · ${service} does not answer`, {
                cause: error,
              }),
            );
          },
        },
      });
    });
}

/** http-proxy hands on neither `..` nor the absolute form of an address (RFC 9112 §3.2.2), and says so in words of its own. */
function unreadableOf(cause: unknown): Fault | undefined {
  if (cause instanceof Error && 'statusCode' in cause && cause.statusCode === 400) return unreadableAddress(cause);
  log.error({ err: cause }, 'unexpected error answered with 500');
  return undefined;
}

function tooLong({ headers }: FastifyRequest, bytes: number): Fault | undefined {
  if (Number(headers['content-length'] ?? 0) <= bytes) return undefined;
  return new Fault('too-large', `a body has at most ${bytes} bytes here`);
}

async function wholeBody(request: FastifyRequest, payload: Readable, limits: Pick<BodyLimits, 'door' | 'bytes'>) {
  const { headers } = request.raw;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return payload;
  const body = await readBody(payload, { ...limits, withinMs: BODY_WITHIN_MS, sender: neighbourhoodOf(request.ip) });
  // the service judges the content type, whatever a tracker calls it
  saidTypes.set(request, headers['content-type']);
  headers['content-type'] = 'application/octet-stream';
  return Readable.from(body.length === 0 ? [] : [body]);
}

const saidTypes = new WeakMap<FastifyRequest, string | undefined>();

/** Where it comes from, by which name, and one id for all that follows, so that logs of two services can be read together. */
function headersOf(request: FastifyRequest) {
  const given = request.headers['x-correlation-id'];
  return {
    ...(saidTypes.has(request) ? { 'content-type': saidTypes.get(request) } : {}),
    'x-correlation-id': typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID(),
    'x-forwarded-for': request.ip,
    'x-forwarded-proto': isSecure(request) ? 'https' : 'http',
    'x-forwarded-host': request.host,
  };
}

/** What belongs to one connection is not handed on to another: RFC 9110 §7.6.1. */
function withoutHopHeaders<Headers extends object>(headers: Headers): Headers {
  const hop = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'http2-settings'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hop.includes(name))) as Headers;
}

/** A refused body is still on its way; the connection cannot serve another request behind it. */
function refuseUnread(reply: FastifyReply, fault: Fault): void {
  void reply.header('connection', 'close');
  refuse(reply, fault);
}
