import type { z } from 'zod';
import type { Role } from './role.ts';
import type { Agency } from './shapes.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One REST endpoint; see {@link defineRoute}. */
export interface RouteContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** `waste.trucks.register`: app, noun, verb. */
  readonly name: string;
  readonly summary: string;
  readonly method: Method;
  /** `/api/<app>/…` with `:params`. */
  readonly path: `/api/${string}`;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** HTTP status of success. */
  readonly status: number;
  /** Roles that may call it; `city-admin` always may. `anyone`: who has not signed in, too. */
  readonly permission: 'anyone' | readonly Role[];
  /** Agencies (OPD) whose people may call it; absent: those of any. */
  readonly agencies?: readonly Agency[];
  /**
   * What of a call is written into the audit trail: the subjects it touches, like `truck:T1`, made from its parsed input
   * and the caller's city, or `none`. Absent: a GET is not written down, anything else with its path's parameters. A call is written down before
   * it is answered, and refused when that cannot be done.
   */
  readonly audit?: 'none' | ((input: never, city: string) => readonly string[]);
  /**
   * What is asked or answered holds a secret, like a password or a one-time link: nothing of a press is remembered, so no
   * store ever has it, and a repeat is a command of its own.
   */
  readonly secret?: true;
}

type PartName = 'params' | 'query' | 'body';
type ShapeOf<Route extends RouteContract, Part extends PartName> = NonNullable<Route[Part]>;
type PartsOf<Route extends RouteContract> = {
  [Part in PartName]: [ShapeOf<Route, Part>] extends [never] ? never : Part;
}[PartName];

/** What a handler receives after parsing: the parts the contract declares. */
export type InputOf<Route extends RouteContract> = {
  [Part in PartsOf<Route>]: z.output<ShapeOf<Route, Part>>;
};

/** What a caller gives, before parsing. */
export type RequestOf<Route extends RouteContract> = {
  [Part in PartsOf<Route>]: z.input<ShapeOf<Route, Part>>;
};

export type AnswerOf<Route extends RouteContract> = z.output<Route['answer']>;

/** Declares an endpoint. OpenAPI, the permission table, the typed client and the fuzz tests derive from it. */
export function defineRoute<
  Params extends z.ZodType = never,
  Query extends z.ZodType = never,
  Body extends z.ZodType = never,
  Answer extends z.ZodType = z.ZodType,
>(
  route: Omit<RouteContract<Params, Query, Body, Answer>, 'status'> & { status?: number },
): RouteContract<Params, Query, Body, Answer> {
  return Object.freeze({ status: route.method === 'POST' ? 201 : 200, ...route });
}
