import { keyIn } from '../device-key.ts';
import type { FastifyRequest } from 'fastify';

/**
 * The key a device carries: as the password of basic authentication (OwnTracks), as a bearer token (a Traccar server's
 * `forward.header`), or in its address, in the path as Traccar Client keeps it or as a parameter.
 */
export function carriedKey({ url, headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const [, basic] = /^basic\s+(\S+)$/i.exec(authorization) ?? [];
  const said = basic === undefined ? authorization : Buffer.from(basic, 'base64').toString();
  return keyIn(said) ?? keyIn(url);
}
