import { Agency, CityCode, Fault, roles, type Role } from '@siaga/contracts';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Principal } from './context.ts';

const Claims = z.object({
  sub: z.string().min(1).max(100),
  kind: z.enum(['person', 'device', 'service', 'screen']),
  city: CityCode,
  agencies: z.array(Agency),
  roles: z.array(z.enum(roles)),
  exercise: z.boolean().default(false),
  /** Seconds. A token without an end is none of ours. */
  exp: z.number(),
});

const ISSUER = 'siaga';

/** What a door knows of a caller before anybody is believed. */
export interface Credentials {
  /** Bearer token, without the word `Bearer`. */
  token: string | undefined;
  /** The city the door belongs to. */
  city: string;
  /** `SIAGA_SECRET`; undefined when a service runs alone on loopback. */
  secret: string | undefined;
  /** `SIAGA_LOCAL_OPERATOR`: who comes without a token is the local operator. Only ever true on loopback. */
  localOperator?: boolean;
}

/**
 * The one place a principal comes from. A token must verify and belong to the door's city. On a loopback-only start a
 * caller without a token is the local operator, who may do everything in the room.
 */
export async function principalOf({
  token,
  city,
  secret,
  localOperator = secret === undefined,
}: Credentials): Promise<Principal> {
  if (token === undefined || token === '') {
    if (localOperator) return operatorOf(city);
    throw new Fault('unauthenticated', 'send an access token: Authorization: Bearer …');
  }
  if (secret === undefined) throw new Fault('unauthenticated', 'this start accepts no tokens: SIAGA_SECRET is not set');
  const claims = await verified(token, secret);
  if (claims.city !== city) throw new Fault('unauthenticated', 'this token belongs to another city');
  const { sub, exp, ...rest } = claims;
  return { id: sub, expiresAtMs: exp * 1000, ...rest };
}

/** Signs an access token for a principal; `lifetime` like `10m` or `12h`. */
export async function signToken(principal: Principal, secret: string, lifetime: string): Promise<string> {
  const { id, kind, city, agencies, roles, exercise } = principal;
  return new SignJWT({ kind, city, agencies, roles, exercise })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(new TextEncoder().encode(secret));
}

/** 403 unless one of the roles is held. `city-admin` may do everything in its city. */
export function requireRole(principal: Principal, permitted: readonly Role[], what: string): void {
  if (principal.roles.includes('city-admin')) return;
  if (principal.roles.some((role) => permitted.includes(role))) return;
  throw new Fault('forbidden', `${what} needs one of the roles ${permitted.join(', ')}`);
}

/** The token of an `Authorization` header, or undefined. */
export function bearerToken(authorization: string | undefined): string | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(authorization ?? '');
  return match?.[1];
}

function operatorOf(city: string): Principal {
  return { id: 'local', kind: 'person', city, agencies: ['command'], roles: ['city-admin'], exercise: false };
}

async function verified(token: string, secret: string): Promise<z.output<typeof Claims>> {
  try {
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
