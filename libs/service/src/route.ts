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
import { currentContext, withContext, type Context, type Principal } from './context.ts';
import { PRESSES, pressOf, type Presses } from './press.ts';
import { revealUsed, uncoveredIn } from './reveal-use.ts';
import { refusalOf, RouteSettings } from './route-settings.ts';
import { subjectsOf, touchedBy } from './subjects.ts';

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
    const context = await this.admitted(route, request);
    const input = inputOf(route, request);
    request.routeInput = input;
    const { principal } = context;
    const press = pressOf(route, { idempotencyKey: request.headers['idempotency-key'], principal, input });
    const answer = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    const act = () => this.act(route, input, answer);
    const work = async () => {
      const done = await (press === undefined || this.presses === undefined ? act() : this.presses.once(press, act));
      return this.shown(route, input, done);
    };
    const call = () => withContext(press === undefined ? context : { ...context, press }, work);
    return from(this.settings.answer<unknown>(call));
  }

  /** Written down where the contract wants it. */
  private act(route: RouteContract, input: object, answer: () => Promise<unknown>): Promise<unknown> {
    const subjects = this.auditor === undefined ? undefined : subjectsOf(route, input, currentContext().city);
    if (this.auditor === undefined || subjects === undefined) return answer();
    return audited(this.auditor, { name: route.name, subjects }, answer);
  }

  /** The answer as its caller may see it. What only a reveal shows him is written down before it leaves. */
  private async shown(route: RouteContract, input: object, answer: unknown): Promise<unknown> {
    const mask = maskOfShape(route.answer);
    if (mask === undefined) return answer;
    const { principal } = currentContext();
    const nowMs = Date.now();
    const shown = mask(answer, sightOf(principal, nowMs));
    const classes = uncoveredIn({ answer, mask, asker: principal, nowMs });
    if (this.auditor === undefined || classes.length === 0) return shown;
    const { reveal } = principal;
    const use = revealUsed(route.name, {
      revealId: reveal?.revealId,
      classes,
      touched: touchedBy(route, input, principal.city),
    });
    return audited(this.auditor, use, () => Promise.resolve(shown));
  }

  /** The context of who may call. Who may not, for what he is, is written down. */
  private async admitted(route: RouteContract, request: FastifyRequest): Promise<Context> {
    const principal = await this.settings.callerAt(request, route);
    const context = contextOf(principal, request);
    const refusal = refusalOf(principal, route);
    if (refusal === undefined) return context;
    const action = { name: route.name, subjects: touchedByRefused(route, request, principal.city) };
    await withContext(context, () => this.auditor?.turnedAway(action, refusal));
    throw refusal;
  }
}

function contextOf(principal: Principal, { headers }: FastifyRequest): Context {
  const { 'x-correlation-id': correlation, traceparent } = headers;
  return {
    city: principal.city,
    principal,
    exercise: principal.exercise,
    correlation: typeof correlation === 'string' && /^[\w-]{8,64}$/.test(correlation) ? correlation : randomUUID(),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
}

/** Of a call that nobody looked at: nothing, unless its input is what the contract asks for. */
function touchedByRefused(route: RouteContract, request: FastifyRequest, city: string): readonly string[] {
  try {
    return touchedBy(route, inputOf(route, request), city);
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
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
