import { Fault } from '@siaga/contracts';
import { readCookies } from '@siaga/identity';
import { bearerToken, notThisMachine, refuse, type RouteSettings } from '@siaga/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { originOf, whenceOf, type Whence } from './page-of-origin.ts';

/**
 * Where browsers become callers like any other: the cookie of a session turns into a bearer token, and what another
 * site's page makes a browser send is refused, with or without a session, at the doors of devices, too. Services know
 * bearer tokens only; cookies reach nothing but the session's own routes.
 */
export function admitBrowsers(fastify: FastifyInstance, config: GatewayConfig, settings: RouteSettings): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers } = request.raw;
    const door = doorOf(request);
    const session = readCookies(headers.cookie, isSecure(request));
    if (door !== 'session') delete headers.cookie;
    if (door === 'pages') {
      done();
      return;
    }
    const fault = forgeryOf(request, {
      whence: whenceOf(headers, [originOf(request) ?? [], config.ALLOWED_ORIGINS].flat()),
      // cookies mean nothing to devices
      hasSession: door !== 'devices' && (session.access !== undefined || session.refresh !== undefined),
    });
    if (fault !== undefined) {
      refuse(reply, fault);
      return;
    }
    if (door === 'devices') {
      done();
      return;
    }
    if (bearerToken(headers.authorization) === undefined) {
      if (session.access !== undefined) headers.authorization = `Bearer ${session.access}`;
      // a service behind us is handed on everything, so only we can tell whether somebody else handed it on before
      else if (!settings.trusts(request.raw)) {
        refuse(reply, notThisMachine());
        return;
      }
    }
    done();
  });
}

/** Whether the browser speaks HTTPS: with us, or with a proxy whose word counts. */
export const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https';

/** By the route that answers, not by how its address was written. */
function doorOf({ method, routeOptions: { url = '' } }: FastifyRequest): 'session' | 'devices' | 'pages' | 'data' {
  if (isUnder(url, '/api/session')) return 'session';
  if (isUnder(url, '/ingest')) return 'devices';
  const isData = ['/api', '/docs', '/metrics'].some((prefix) => isUnder(url, prefix));
  return !isData && isSafe(method) ? 'pages' : 'data';
}

const isUnder = (url: string, prefix: string) => url === prefix || url.startsWith(`${prefix}/`);
const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * Who brings a token of his own is no browser that was tricked: a page cannot add one to another site's request. Cookies
 * come by themselves, and so does being on this machine, where the local operator needs nothing.
 */
function forgeryOf(
  { method, headers }: FastifyRequest,
  { whence, hasSession }: { whence: Whence; hasSession: boolean },
): Fault | undefined {
  if (!hasSession && bearerToken(headers.authorization) !== undefined) return undefined;
  if (whence === 'other-page') return new Fault('forbidden', foreign);
  return hasSession && whence === 'untold' && !isSafe(method) ? new Fault('forbidden', unproven) : undefined;
}

const foreign =
  'permintaan ini datang dari halaman situs lain, buka Siaga langsung · this came from a page of another site: open Siaga itself';
const unproven =
  'permintaan dengan cookie harus dari halaman Siaga; skrip memakai Authorization: Bearer · with a cookie a request must come from a page of Siaga (Sec-Fetch-Site or Origin); scripts send a bearer token';
