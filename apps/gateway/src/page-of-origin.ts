import type { IncomingHttpHeaders } from 'node:http';

/** Where a request is from: one of our pages, another page, or nobody says (a program, an address typed by hand). */
export type Whence = 'our-page' | 'other-page' | 'untold';

/**
 * What a browser says of the page behind a request; no page can change it. `origins`: ours and the listed ones.
 * `Sec-Fetch-Site` (Fetch Metadata, W3C) comes with everything over HTTPS and on loopback; `Origin` (RFC 6454) always
 * with what changes something.
 */
export function whenceOf(headers: IncomingHttpHeaders, origins: readonly string[]): Whence {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origins.includes(origin)) return 'our-page';
  if (site === 'same-origin') return 'our-page';
  if (site === 'none') return 'untold';
  return site === undefined && origin === undefined ? 'untold' : 'other-page';
}

/** The origin of our own pages as this request's sender names us; undefined when it names no host. */
export function originOf({ protocol, host }: { protocol: string; host: string }): string | undefined {
  const address = `${protocol}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
