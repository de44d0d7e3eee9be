import type { z } from 'zod';
import type { Stream } from './define-stream.ts';
import type { Agency, Place } from './shapes.ts';

/** Everything the system needs to know of one kind of event; see {@link defineEvent}. */
export interface EventContract<
  Name extends string = string,
  Shape extends z.ZodType = z.ZodType,
  Data = z.output<Shape>,
> {
  /** `domain.thing.happened`, past tense. A breaking change is a new name ending in `.v2`. */
  readonly name: Name;
  /** One sentence for the generated documentation. */
  readonly summary: string;
  readonly stream: Stream;
  readonly data: Shape;
  /** Kafka key, compaction key, key of tables. Order is kept per key. */
  readonly key: (data: Data) => string;
  /** Same on every repeat of the same fact. Absent: a random id per publish. */
  readonly id?: (data: Data) => string;
  /** Older never replaces newer. Absent: log order decides. */
  readonly version?: (data: Data) => number;
  /** For the area filter of `latest` streams. */
  readonly where?: (data: Data) => Place | undefined;
  /** A value older than this is drawn as old. Absent: it does not age. */
  readonly freshForMs?: number;
  /** Agencies whose people may see it. */
  readonly audience: readonly Agency[] | ((data: Data) => readonly Agency[]);
  /** Flushed to screens at once instead of at the next tick. */
  readonly urgent: boolean;
}

/** The data an event carries: `type TruckMoved = DataOf<typeof TruckMoved>`. */
export type DataOf<Event extends EventContract<string, z.ZodType, never>> = z.output<Event['data']>;

/** Any event contract, when its data's type does not matter. */
export type AnyEvent = EventContract<string, z.ZodType, never>;

/** Declares an event: one name for one fact, in the contract, the log, the socket, the metric and the docs. */
export function defineEvent<const Name extends string, Shape extends z.ZodType>(
  event: Omit<EventContract<Name, Shape>, 'urgent'> & { urgent?: boolean },
): EventContract<Name, Shape> {
  return Object.freeze({ urgent: false, ...event });
}

/** The agencies that may see this value. A tombstone's audience is that of the last value. */
export function audienceOf<Shape extends z.ZodType>(
  event: EventContract<string, Shape>,
  data: z.output<Shape>,
): readonly Agency[] {
  return typeof event.audience === 'function' ? event.audience(data) : event.audience;
}
