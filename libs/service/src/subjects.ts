import type { RouteContract } from '@siaga/contracts';

/** What a call is written down as having touched; undefined when it is not written down. */
export function subjectsOf(route: RouteContract, input: object, city: string): readonly string[] | undefined {
  const { audit, method, permission } = route;
  if (audit === 'none' || permission === 'anyone') return undefined;
  if (audit === undefined && method === 'GET') return undefined;
  return touchedBy(route, input, city);
}

/** What a call touches, as `kind:id`, whether it is written down or not: by its contract, or by its path's parameters. */
export function touchedBy({ audit }: RouteContract, input: object, city: string): readonly string[] {
  if (typeof audit === 'function') return audit(input as never, city);
  const { params = {} } = input as { params?: Record<string, unknown> };
  return Object.entries(params).map(([name, value]) => `${name.replace(/Id$/, '')}:${String(value)}`);
}
