import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Agency, FieldClass, Role } from '@siaga/contracts';

/** Who acts: a person, a device, a service of ours, an unattended screen, or who has not signed in. Belongs to one city. */
export interface Principal {
  readonly id: string;
  readonly kind: 'person' | 'device' | 'service' | 'screen' | 'visitor';
  readonly city: string;
  readonly agencies: readonly Agency[];
  readonly roles: readonly Role[];
  /** What this principal causes is simulated or drilled. */
  readonly exercise: boolean;
  /** When its token ends, epoch ms; absent: it came without one, or was made by us. */
  readonly expiresAtMs?: number;
  /** The sign-in it comes from; absent: a token made by the command line or the supervisor. */
  readonly sessionId?: string;
  /** Masked fields it sees uncovered until then. */
  readonly reveal?: {
    readonly classes: readonly FieldClass[];
    readonly untilMs: number;
    /** Of the last time it was asked for. */
    readonly revealId?: string | undefined;
  };
}

/** Id of who came without a token to a start that lets him: there as long as nobody else could administer the city. */
export const LOCAL_OPERATOR = 'local';

/** One press of a button, however often its request arrives. */
export interface Press {
  /** Of the caller and his Idempotency-Key: two callers may choose the same one. */
  readonly key: string;
  /** Of everything that was asked: route, params, query and body, as they were parsed. */
  readonly bodyHash: string;
  /** What it touches, as `kind:id`: by these what was answered can be forgotten. */
  readonly subjects: readonly string[];
}

/** Travels with every piece of work; becomes topic prefix, database name, event headers and log fields. */
export interface Context {
  readonly city: string;
  readonly principal: Principal;
  readonly exercise: boolean;
  /** One id for everything that follows from one request, event or timer. */
  readonly correlation: string;
  /** W3C trace context of the caller, when there is one. */
  readonly traceparent?: string;
  /** The press that asked for the work, when its caller named it. */
  readonly press?: Press;
}

const storage = new AsyncLocalStorage<Context>();

/** Runs work in a context. Called where work begins: a request, a device's message, an event, a timer. */
export function withContext<Result>(context: Context, run: () => Result): Result {
  return storage.run(context, run);
}

/** The context of the work under way. Without one a city could be mixed up with another, so this throws. */
export function currentContext(): Context {
  const context = storage.getStore();
  if (context === undefined) throw new Error('no context: work must start in withContext()');
  return context;
}

/** Who does the work under way, and now, epoch ms: what rules are told of whoever presses. */
export function actorNow(): { by: string; nowMs: number } {
  return { by: currentContext().principal.id, nowMs: Date.now() };
}

/** Runs part of the work under way as simulated or as real: what it touches has that mark, whoever asked. */
export function asExercise<Result>(exercise: boolean, run: () => Result): Result {
  return withContext({ ...currentContext(), exercise }, run);
}

/** Goes on with the work of a visitor in the city he turns out to come to. */
export function inCity<Result>(city: string, run: () => Result): Result {
  const context = currentContext();
  return withContext({ ...context, city, principal: { ...context.principal, city } }, run);
}

/** Like {@link currentContext}, for logs, which also speak outside any request. */
export function contextIfAny(): Context | undefined {
  return storage.getStore();
}

/** Context for what a service does by itself: handlers of events, timers. */
export function serviceContext(
  city: string,
  options: { exercise?: boolean; correlation?: string; traceparent?: string } = {},
): Context {
  const exercise = options.exercise ?? false;
  return {
    city,
    exercise,
    correlation: options.correlation ?? randomUUID(),
    principal: { id: 'service', kind: 'service', city, agencies: [], roles: [], exercise },
    ...(options.traceparent === undefined ? {} : { traceparent: options.traceparent }),
  };
}

/** Context for what a device says at a door; `exercise` is a property of the device. */
export function deviceContext(city: string, deviceId: string, exercise: boolean): Context {
  return {
    city,
    exercise,
    correlation: randomUUID(),
    principal: { id: deviceId, kind: 'device', city, agencies: [], roles: ['device'], exercise },
  };
}
