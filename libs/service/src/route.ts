import { randomUUID } from 'node:crypto';
import {
  applyDecorators,
  createParamDecorator,
  Delete,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Optional,
  Patch,
  Post,
  Put,
  Req,
  Res,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Fault, maskOfShape, parse, sightOf, type InputOf, type Method, type RouteContract } from '@siaga/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import { audited, AUDITOR, type Auditor } from './auditor.ts';
import { currentContext, withContext, type Context } from './context.ts';
import { PRESSES, pressOf, type Presses } from './press.ts';
import { RouteSettings } from './route-settings.ts';

const ROUTE = 'siaga:route';
const verbs: Record<Method, (path: string) => MethodDecorator> = {
  GET: Get,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
};

/** A method that answers a route: one argument, already parsed and permitted, in the caller's context. */
type Handler<Route extends RouteContract> = (
  input: InputOf<Route>,
  request: FastifyRequest,
  reply: FastifyReply,
) => unknown;

/**
 * Binds a controller method to its contract: method, path, status, principal, permission, parsing, context.
 * The method gets `({ params, query, body }, request, reply)`; the reply for headers only.
 */
export function Route<Route extends RouteContract>(route: Route) {
  return <Method extends Handler<Route>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    Input()(target, name, 0);
    Req()(target, name, 1);
    Res({ passthrough: true })(target, name, 2);
    applyDecorators(
      verbs[route.method](route.path),
      HttpCode(route.status),
      SetMetadata(ROUTE, route),
      UseInterceptors(RouteInterceptor),
    )(target, name, descriptor);
  };
}

type RoutedRequest = FastifyRequest & { routeInput?: unknown };

/** What the interceptor below has parsed. */
const Input = createParamDecorator(
  (_: unknown, execution: ExecutionContext) => execution.switchToHttp().getRequest<RoutedRequest>().routeInput,
);

/** Who calls, may they, and what do they want: answered here for every route, and nowhere else. */
@Injectable()
export class RouteInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: RouteSettings,
    @Optional() @Inject(PRESSES) private readonly presses?: Presses,
    @Optional() @Inject(AUDITOR) private readonly auditor?: Auditor,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler) {
    const route = this.reflector.get<RouteContract>(ROUTE, execution.getHandler());
    const request = execution.switchToHttp().getRequest<RoutedRequest>();
    const context = await this.contextOf(route, request);
    const input = inputOf(route, request);
    request.routeInput = input;
    const { principal } = context;
    const press = pressOf(route, { idempotencyKey: request.headers['idempotency-key'], principal, input });
    const answer = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    const act = () => this.act(route, input, answer);
    const work = async () => {
      const done = await (press === undefined || this.presses === undefined ? act() : this.presses.once(press, act));
      const mask = maskOfShape(route.answer);
      return mask === undefined ? done : mask(done, sightOf(principal, Date.now()));
    };
    const call = () => withContext(press === undefined ? context : { ...context, press }, work);
    return from(this.settings.answer<unknown>(call));
  }

  /** Written down where the contract wants it. */
  private act(route: RouteContract, input: object, answer: () => Promise<unknown>): Promise<unknown> {
    const subjects = this.auditor === undefined ? undefined : subjectsOf(route, input);
    if (this.auditor === undefined || subjects === undefined) return answer();
    return audited(this.auditor, { name: route.name, subjects }, answer);
  }

  private async contextOf(route: RouteContract, request: FastifyRequest): Promise<Context> {
    const principal = await this.settings.admit(request, route);
    const correlation = request.headers['x-correlation-id'];
    const traceparent = request.headers['traceparent'];
    return {
      city: principal.city,
      principal,
      exercise: principal.exercise,
      correlation: typeof correlation === 'string' && /^[\w-]{8,64}$/.test(correlation) ? correlation : randomUUID(),
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
    };
  }
}

function inputOf(route: RouteContract, request: FastifyRequest) {
  const part = (name: 'params' | 'query' | 'body') => {
    const shape = route[name];
    return shape === undefined ? undefined : parse(shape, request[name] ?? {}, name);
  };
  if (route.body !== undefined && request.body === undefined) throw new Fault('invalid', 'a JSON body is needed');
  return { params: part('params'), query: part('query'), body: part('body') };
}

/** What a call is written down as having touched; undefined when it is not written down. */
function subjectsOf({ audit, method, permission }: RouteContract, input: object): readonly string[] | undefined {
  if (audit === 'none' || permission === 'anyone') return undefined;
  if (audit !== undefined) return audit(input as never, currentContext().city);
  if (method === 'GET') return undefined;
  const { params = {} } = input as { params?: Record<string, unknown> };
  return Object.entries(params).map(([name, value]) => `${name.replace(/Id$/, '')}:${String(value)}`);
}
