import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Fault } from '@siaga/contracts';
import { isLoopback } from './config.ts';

/** Written into what they hand on by proxies: RFC 7239, RFC 9110 §7.6.3, and what everybody wrote before them. */
const ofProxies = /^(forwarded|via|x-real-ip|x-forwarded(-.+)?)$/;

/**
 * Whether a request was handed on to us: a proxy on this machine makes whoever asks it look like somebody on this machine.
 * HTTP/1.0 is what nginx speaks where nobody told it otherwise, and no browser.
 */
export const isHandedOn = ({ headers, httpVersion }: Pick<IncomingMessage, 'headers' | 'httpVersion'>): boolean =>
  httpVersion === '1.0' || Object.keys(headers).some((name) => ofProxies.test(name));

/**
 * Whether a request names this machine only, in `Host` and in what the gateway adds of how its caller reached it. A web
 * page that points a name of its own at 127.0.0.1 (DNS rebinding) names another.
 */
export function namesThisMachine(headers: IncomingHttpHeaders): boolean {
  const added = (name: string) => headers[name]?.toString().split(/\s*,\s*/) ?? [];
  return (
    isNameOfThisMachine(headers.host) &&
    added('x-forwarded-host').every(isNameOfThisMachine) &&
    added('x-forwarded-for').every(isLoopback)
  );
}

function isNameOfThisMachine(host: string | undefined): boolean {
  const address = `http://${host ?? ''}`;
  return URL.canParse(address) && isLoopback(new URL(address).hostname.replace(/^\[|\]$/g, ''));
}

/** What anybody else is told where only this machine needs no token. */
export const notThisMachine = (): Fault =>
  new Fault(
    'forbidden',
    'tanpa token Siaga hanya menjawab langsung di mesin ini: buka http://127.0.0.1, atau nyalakan dengan --lan bila lewat proksi · without an access token Siaga answers only directly on this machine, under its own name: open http://127.0.0.1, or start with --lan behind a proxy',
  );
