import { Problem, type RouteContract } from '@siaga/contracts';
import fc from 'fast-check';
import type { z } from 'zod';
import { fitting, misfitting } from './inputs.ts';

/** One request as it goes over the wire. */
export interface Shot {
  method: string;
  path: string;
  body?: string;
}

/** Sends it as this caller; answers the status, and why not. */
export async function send(
  cityUrl: string,
  { method, path, body }: Shot,
  authorization: string,
): Promise<{ status: number; detail: string }> {
  const sent = body === undefined ? {} : { body, headers: { authorization, 'content-type': 'application/json' } };
  const response = await fetch(cityUrl + path, { method, headers: { authorization }, ...sent });
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  return { status: response.status, detail: problem.data?.detail ?? '' };
}

/** Requests to a route that its contract would take, as far as shapes tell. */
export const fittingShots = (route: RouteContract) => shots(route, fitting);

/** Requests to a route with something wrong somewhere; now and then one that is right. */
export const misfittingShots = (route: RouteContract) => shots(route, misfitting);

function shots(
  { method, path, params, query, body }: RouteContract,
  values: (shape: z.ZodType) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Shot> {
  const part = (shape: z.ZodType | undefined) => (shape === undefined ? fc.constant(undefined) : values(shape));
  return fc.tuple(part(params), part(query), part(body)).map(([inPath, asked, sent]) => ({
    method,
    path: pathOf(path, inPath) + queryOf(asked),
    ...(body === undefined ? {} : { body: jsonOf(sent) }),
  }));
}

/** `undefined` has no JSON, whatever its type says. */
const jsonOf = (value: unknown) => (JSON.stringify(value) as string | undefined) ?? '';
const text = (value: unknown) => (typeof value === 'string' ? value : jsonOf(value));
/** Half characters cannot be written into an address. */
const encoded = (value: unknown) => encodeURIComponent(text(value).toWellFormed());

function pathOf(path: string, params: unknown): string {
  const given = typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
  return path.replace(/:(\w+)/g, (_, name: string) => encoded(given[name] ?? params) || '%20');
}

function queryOf(query: unknown): string {
  if (query === undefined) return '';
  if (typeof query !== 'object' || query === null) return `?${encoded(query)}`;
  return `?${Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&')}`;
}
