import type { LookupAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { Fault } from '@siaga/contracts';
import { names } from './name-look-ups.ts';
import { guardedLookup, hostOfUrl, literalAddress, Networks } from './networks.ts';
import { TooLate } from './within-ms.ts';

/** Networks that are not the public Internet: RFC 6890 and its registries, multicast, and translations of IPv4. */
const inner = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
  ...['2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/** What came back; whatever else was said is not read. */
export interface OutgoingAnswer {
  readonly status: number;
}

/** A message to an address that a user chose. */
export interface Outbound {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly withinMs: number;
  /** Calls it off. */
  readonly signal?: AbortSignal;
}

/**
 * The one way to an address that a user can set. It goes to the public Internet by HTTPS, and beyond that only to networks
 * the installation names, there by HTTP as well. The address connected to is the one that was looked at: a name that
 * answers differently the second time gains nothing. Redirects are not followed.
 */
export class Outgoing {
  readonly #inner = new Networks(inner);
  readonly #allowed: Networks;

  /** `allowed`: networks like `10.20.0.0/16`; throws for what is none. */
  constructor(allowed: readonly string[] = []) {
    this.#allowed = new Networks(allowed);
  }

  /** Throws `invalid`, with what to do, for an address that nothing is ever sent to; `unavailable` where no name server answers. */
  async refuse(address: string): Promise<void> {
    const url = urlOf(address);
    const found = await this.#addressesOf(url);
    this.#refuse(url, found);
  }

  /** Posts; throws `invalid` for a refused address and `unavailable` for one that does not answer in time. */
  async post({ url: address, headers, body, withinMs, signal }: Outbound): Promise<OutgoingAnswer> {
    const url = urlOf(address);
    if (isIP(hostOfUrl(url)) !== 0) this.#refuse(url, [literalAddress(hostOfUrl(url))]);
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const lookup = guardedLookup((found) => {
      this.#refuse(url, found);
    });
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': bytes.length },
      signal: AbortSignal.any([AbortSignal.timeout(withinMs), ...(signal === undefined ? [] : [signal])]),
      agent: false,
      lookup,
    };
    return new Promise((done, failed) => {
      const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, (response) => {
        done({ status: response.statusCode ?? 0 });
        response.destroy();
      });
      request.once('error', (cause) => {
        failed(cause instanceof Fault ? cause : new Fault('unavailable', `${url.host}: ${cause.message}`, { cause }));
      });
      request.end(bytes);
    });
  }

  async #addressesOf(url: URL): Promise<LookupAddress[]> {
    const host = hostOfUrl(url);
    if (isIP(host) !== 0) return [literalAddress(host)];
    return names.of(host).catch((cause: unknown) => {
      if (cause instanceof TooLate)
        throw new Fault('unavailable', `${host}: nama ini ${cause.message}, coba lagi · try again`, { cause });
      throw new Fault('invalid', `${host}: nama ini tidak dikenal · this name is not known`, { cause });
    });
  }

  /** One of several addresses inside is enough: nobody knows which of them is taken. */
  #refuse(url: URL, found: readonly LookupAddress[]): void {
    const isNamed = found.every((one) => this.#allowed.has(one));
    if (isNamed && found.length > 0) return;
    if (url.protocol !== 'https:') throw new Fault('invalid', 'alamat harus https:// · the address must be https://');
    if (found.length === 0 || found.some((one) => this.#inner.has(one)))
      throw new Fault(
        'invalid',
        `${url.hostname}: alamat di jaringan dalam tidak boleh · an address of an inner network is not allowed`,
      );
  }
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    throw new Fault('invalid', 'alamat tidak terbaca, contoh: https://contoh.id/siaga · not an address like https://…');
  if (url.username !== '' || url.password !== '')
    throw new Fault('invalid', 'alamat tidak boleh memuat sandi · the address must not carry a password');
  return url;
}
