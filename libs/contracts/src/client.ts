import type { AnswerOf, RequestOf, RouteContract } from './define-route.ts';
import { Fault, faultKinds, Problem, type FaultKind } from './faults.ts';

/** Calls a route by its contract; throws a {@link Fault} made from the problem+json, or `unavailable` without an answer. */
export type Client = <Route extends RouteContract>(
  route: Route,
  request: RequestOf<Route>,
  options?: CallOptions,
) => Promise<AnswerOf<Route>>;

export interface CallOptions {
  /** Repeats of one press carry the same key and count once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** A typed client of every route for browser and node. `baseUrl` has no trailing slash; `''` is the page's own origin. */
export function createClient(options: { baseUrl: string; token?: string; fetch?: typeof fetch }): Client {
  const send = options.fetch ?? fetch;
  return async (route, request, call = {}) => {
    const { params, query, body } = request as {
      params?: Record<string, unknown>;
      query?: Record<string, unknown>;
      body?: unknown;
    };
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
    const init: RequestInit = { method: route.method, headers };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    if (call.signal !== undefined) init.signal = call.signal;
    let response: Response;
    try {
      response = await send(options.baseUrl + pathOf(route, params) + queryOf(query), init);
    } catch (cause) {
      throw new Fault('unavailable', `no answer from ${options.baseUrl === '' ? 'the gateway' : options.baseUrl}`, {
        cause,
      });
    }
    if (!response.ok) throw await faultOf(response);
    return (await response.json()) as AnswerOf<typeof route>;
  };
}

function pathOf(route: RouteContract, params: Record<string, unknown> = {}): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function queryOf(query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

async function faultOf(response: Response): Promise<Fault> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  const kinds = Object.keys(faultKinds) as FaultKind[];
  const kind =
    kinds.find((name) => faultKinds[name].status === response.status) ??
    (response.status >= 500 ? 'unavailable' : 'invalid');
  if (!problem.success) return new Fault(kind, `HTTP ${String(response.status)} from ${response.url}`);
  const retryAfterS = Number(response.headers.get('retry-after') ?? 1);
  const { detail, issues = [], deed } = problem.data;
  return new Fault(kind, detail, { issues, retryAfterS, ...(deed !== undefined && { deed }) });
}
