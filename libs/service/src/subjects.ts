import { createHash } from 'node:crypto';
import { AgencyDevice, deviceSubject, type RouteContract } from '@siaga/contracts';

/** What a call is written down as having touched; undefined when it is not written down. */
export function subjectsOf(route: RouteContract, input: object, city: string): readonly string[] | undefined {
  const { audit, method, permission } = route;
  if (audit === 'none' || permission === 'anyone') return undefined;
  if (audit === undefined && method === 'GET') return undefined;
  return touchedBy(route, input, city);
}

/**
 * What a call touches, as `kind:id`, whether it is written down or not: by its contract, or by its path's parameters.
 * Devices are told by their pseudonym, because whoever owns one wrote its id; of what is no id of ours only a hash is told.
 */
export function touchedBy({ audit }: RouteContract, input: object, city: string): readonly string[] {
  if (typeof audit === 'function') return audit(input as never, city).map((subject) => bounded(subject, city));
  const { params = {} } = input as { params?: Record<string, unknown> };
  const device = AgencyDevice.safeParse(params);
  if (device.success) return [deviceSubject(city, device.data)];
  return Object.entries(params).map(([name, value]) => bounded(`${name.replace(/Id$/, '')}:${String(value)}`, city));
}

/** As somebody may search for it: no spaces, so no sentences and no names of people, and never longer than this. */
const ID = /^[\w.:/*@+-]{1,180}$/;

/** The same subject, or its kind and the first of the base64url SHA-256 of city and subject: `invitation:hash:Zm9vYmFyYmF6cXV4`. */
function bounded(subject: string, city: string): string {
  const colon = subject.indexOf(':');
  if (ID.test(subject.slice(colon + 1))) return subject;
  const hash = createHash('sha256').update(`${city}/${subject}`).digest('base64url').slice(0, 16);
  return `${subject.slice(0, colon)}:hash:${hash}`;
}
