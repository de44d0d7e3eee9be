import { Agency, CityCode, Fault, roles, SessionId } from '@siaga/contracts';
import { createHash } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Principal } from './context.ts';

const Claims = z.object({
  sub: z.string().min(1).max(100),
  kind: z.enum(['person', 'device', 'service', 'screen']),
  city: CityCode,
  agencies: z.array(Agency),
  roles: z.array(z.enum(roles)),
  exercise: z.boolean().default(false),
  sid: SessionId.optional(),
  /** Seconds. Of a ticket: until when what it opened may stay open. */
  until: z.number().optional(),
  /** Seconds. A token without an end is none of ours. */
  exp: z.number(),
});

const ISSUER = 'siaga';

/**
 * Where a token is shown. A ticket counts at a socket only: at a route it would fetch the next ticket, and so be good for
 * as long as its session, however soon it ends itself.
 */
export type ShownAt = 'route' | 'socket';

/**
 * Whoever brings a token that verifies and belongs to one of the cities. `secrets` are the values of `SIAGA_SECRET`: the first signs,
 * all verify, so that a secret can be replaced while tokens of the old one are still about.
 */
export async function principalOf(
  token: string,
  { cities, secrets, at }: { cities: readonly string[]; secrets: readonly string[]; at: ShownAt },
): Promise<Principal> {
  const { sub, exp, sid, until, ...rest } = await verified(token, secrets);
  if (until !== undefined && at !== 'socket')
    throw new Fault('unauthenticated', 'tiket hanya membuka soket · a ticket opens a socket, and nothing else');
  if (!cities.includes(rest.city)) throw new Fault('unauthenticated', 'this token belongs to another city');
  const expiresAtMs = (until ?? exp) * 1000;
  return { id: sub, expiresAtMs, ...rest, ...(sid === undefined ? {} : { sessionId: sid }) };
}

/** Signs an access token for a principal; `lifetime` like `10m` or `12h`. */
export function signToken(principal: Principal, secret: string, lifetime: string): Promise<string> {
  return signed(principal, {}, { secret, lifetime });
}

const TICKET_LIFETIME = '60s';

/** A token to open a socket with: it must come soon, and the socket may stay open until `openUntilMs`. */
export function signTicket(principal: Principal, secret: string, openUntilMs: number): Promise<string> {
  return signed(principal, { until: Math.floor(openUntilMs / 1000) }, { secret, lifetime: TICKET_LIFETIME });
}

function signed(
  { id, kind, city, agencies, roles, exercise, sessionId }: Principal,
  more: { until?: number },
  { secret, lifetime }: { secret: string; lifetime: string },
): Promise<string> {
  return new SignJWT({ kind, city, agencies, roles, exercise, ...(sessionId && { sid: sessionId }), ...more })
    .setProtectedHeader({ alg: 'HS256', kid: keyIdOf(secret) })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(new TextEncoder().encode(secret));
}

/** Names a secret without telling it. */
const keyIdOf = (secret: string) => createHash('sha256').update(secret).digest('base64url').slice(0, 8);

/** The token of an `Authorization` header, or undefined. */
export function bearerToken(authorization: string | undefined): string | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(authorization ?? '');
  return match?.[1];
}

async function verified(token: string, secrets: readonly string[]): Promise<z.output<typeof Claims>> {
  try {
    const { kid } = decodeProtectedHeader(token);
    const secret = secrets.find((known) => keyIdOf(known) === kid);
    if (secret === undefined) throw new errors.JWSInvalid('signed with no secret of ours');
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      issuer: ISSUER,
      audience: ISSUER,
      algorithms: ['HS256'],
    });
    return Claims.parse(payload);
  } catch (cause) {
    const detail =
      cause instanceof errors.JWTExpired ? 'this token has expired: ask for a new one' : 'this token is not valid';
    throw new Fault('unauthenticated', detail, { cause });
  }
}
