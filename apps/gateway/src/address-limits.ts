import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { Fault } from '@siaga/contracts';
import { neighbourhoodOf, RateLimit, refuse, tooMany, type RouteSettings, type TooOften } from '@siaga/service';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';

/** Fifty screens behind one address that load at once, and phones of a whole fleet after their network came back. */
const CALLS_AT_ONCE_S = 20;
const REPORTS_AT_ONCE_S = 10;

/** Seconds after which an address may come again. */
type Wait = Pick<TooOften, 'door' | 'retryAfterS'> & { address: string };

/** How often one address may come: devices and people apart. */
export class AddressLimits {
  readonly #of: Record<TooOften['door'], RateLimit>;
  readonly #isProxy: ReturnType<typeof proxyAddr.compile>;

  constructor(config: GatewayConfig) {
    const { CALLS_PER_SECOND_OF_ADDRESS: calls, REPORTS_PER_SECOND_OF_ADDRESS: reports } = config;
    this.#of = {
      api: new RateLimit({ perSecond: calls, burst: calls * CALLS_AT_ONCE_S }),
      ingest: new RateLimit({ perSecond: reports, burst: reports * REPORTS_AT_ONCE_S }),
    };
    this.#isProxy = proxyAddr.compile(config.TRUSTED_PROXIES);
  }

  /** undefined: welcome. */
  take(door: TooOften['door'], address: string): Wait | undefined {
    const retryAfterS = this.#of[door].take(neighbourhoodOf(address));
    return retryAfterS === 0 ? undefined : { door, address, retryAfterS };
  }

  /** A socket is opened by a call that no hook of Fastify's sees; where it comes from is told as Fastify tells it. */
  refusalOfSocket(request: IncomingMessage): Fault | undefined {
    const wait = this.take('api', proxyAddr(request, this.#isProxy));
    return wait === undefined ? undefined : refusal(wait);
  }
}

/**
 * Tells whoever comes too often when to come again. A simulator that proves to be one is not an attack, however fast its
 * city's clock runs.
 */
export function limitAddresses(fastify: FastifyInstance, limits: AddressLimits, settings: RouteSettings): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health/')) return;
    const isReport = request.url.startsWith('/ingest/');
    const wait = limits.take(isReport ? 'ingest' : 'api', request.ip);
    if (wait === undefined || (isReport && (await settings.simulatedCity(request.headers)) !== undefined)) return;
    refuse(reply, refusal(wait));
    await reply;
  });
}

const refusal = ({ door, address, retryAfterS }: Wait): Fault =>
  tooMany({ door, because: 'address', retryAfterS, who: `alamat ${address}` });
