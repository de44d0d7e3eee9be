import type { AnyEvent, CloudEvent, DataOf, Stream } from '@siaga/contracts';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';

/** What `@On` tells the transport of a handler. */
export interface Subscription {
  stream: Stream;
  /** Those of the stream's events that it is handed. */
  events: readonly AnyEvent[];
  /** Consumer group without city and app: `MarkerProjection.recorded`. */
  handler: string;
  batch: boolean;
  tombstones: boolean;
  /** A batch may hold simulated events beside real ones. */
  mixed: boolean;
  /** A call that takes longer has failed. */
  deadlineMs: number;
}

/** A handler has this long, and may ask for less: the watchdog counts on it. */
const DEADLINE_MS = 10_000;

type Of<Event extends AnyEvent> = CloudEvent<DataOf<Event>>;
type Handler<Arguments extends unknown[]> = (...handed: Arguments) => unknown;
type Decorator<Method> = <Mine extends Method>(
  target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<Mine>,
) => void;

/**
 * Makes a controller's method a handler of an event, in a consumer group of its own: `<city>.<app>.<Class>.<method>`. It runs
 * in the event's context (city, exercise, correlation); the event is committed when it resolves. `batch` hands over
 * arrays; `tombstones` also hands over `null` when a key of a `latest` stream is gone (else such records are passed by).
 *
 * A failure: `Fault('unavailable')` holds the partition and tries again without limit, `Fault('invalid')` goes to the
 * dead letters at once, anything else after 5 tries with pauses of 8 s in all. A call has 10 s, or `deadlineMs` when
 * that is less.
 */
export function On<Event extends AnyEvent>(
  event: Event,
  options?: { batch?: false; tombstones?: false; deadlineMs?: number },
): Decorator<Handler<[data: DataOf<Event>, event: Of<Event>]>>;
export function On<Event extends AnyEvent>(
  event: Event,
  options: { batch: true; tombstones?: false; deadlineMs?: number },
): Decorator<Handler<[datas: DataOf<Event>[], events: Of<Event>[]]>>;
export function On<Event extends AnyEvent>(
  event: Event,
  options: { batch?: false; tombstones: true; deadlineMs?: number },
): Decorator<Handler<[data: DataOf<Event> | null, event: Of<Event>]>>;
export function On<Event extends AnyEvent>(
  event: Event,
  options: { batch: true; tombstones: true; deadlineMs?: number },
): Decorator<Handler<[datas: (DataOf<Event> | null)[], events: Of<Event>[]]>>;
export function On(event: AnyEvent, options: { batch?: boolean; tombstones?: boolean; deadlineMs?: number } = {}) {
  return (target: object, name: string, descriptor: PropertyDescriptor): void => {
    const handler = `${target.constructor.name}.${name}`;
    const subscription: Subscription = {
      stream: event.stream,
      events: [event],
      handler,
      batch: options.batch ?? false,
      tombstones: options.tombstones ?? false,
      mixed: false,
      deadlineMs: Math.min(options.deadlineMs ?? DEADLINE_MS, DEADLINE_MS),
    };
    // Nest fuses two handlers of one pattern, so the pattern names the method; and it finds arguments by decorators only
    EventPattern(`${event.name}#${handler}`, { ...subscription })(target, name, descriptor);
    Payload()(target, name, 0);
    Ctx()(target, name, 1);
  };
}

/**
 * Makes a controller's method a handler of several events of one stream: batches of them in the order of the log, which
 * handlers of single events do not have among each other. A batch may hold simulated events beside real ones, so its
 * context is real and tells of none of them; `event.exercise` does. Otherwise like {@link On}.
 */
export function OnEvents<const Events extends readonly [AnyEvent, AnyEvent, ...AnyEvent[]]>(
  events: Events,
): Decorator<Handler<[events: Of<Events[number]>[]]>> {
  return (target: object, name: string, descriptor: PropertyDescriptor): void => {
    const handler = `${target.constructor.name}.${name}`;
    const { stream } = events[0];
    if (events.some((event) => event.stream !== stream)) throw new Error(`${handler}: events of one stream only`);
    const subscription: Subscription = {
      ...{ stream, events, handler, deadlineMs: DEADLINE_MS },
      ...{ batch: true, tombstones: false, mixed: true },
    };
    EventPattern(`${stream.name}#${handler}`, { ...subscription })(target, name, descriptor);
    Ctx()(target, name, 0);
  };
}
