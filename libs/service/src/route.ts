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
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Fault, parse, type InputOf, type Method, type RouteContract } from '@siaga/contracts';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import { withContext, type Context } from './context.ts';
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
type Handler<Route extends RouteContract> = (input: InputOf<Route>, request: FastifyRequest) => unknown;

/**
 * Binds a controller method to its contract: method, path, status, principal, permission, parsing, context.
 * The method gets `({ params, query, body }, request)`.
 */
export function Route<Route extends RouteContract>(route: Route) {
  return <Method extends Handler<Route>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    Input()(target, name, 0);
    Req()(target, name, 1);
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
    const work = () =>
      press === undefined || this.presses === undefined ? answer() : this.presses.once(press, answer);
    const call = () => withContext(press === undefined ? context : { ...context, press }, work);
    return from(this.settings.answer<unknown>(call));
  }

  private async contextOf(route: RouteContract, request: FastifyRequest): Promise<Context> {
    const principal = await this.settings.admit(request.headers, route.permission, route.name);
    const correlation = request.headers['x-correlation-id'];
    const traceparent = request.headers['traceparent'];
    return {
      city: this.settings.city,
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
