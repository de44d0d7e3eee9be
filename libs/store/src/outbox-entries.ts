import { randomUUID } from 'node:crypto';
import { Fault, parse, type AnyEvent, type DataOf } from '@siaga/contracts';
import { currentContext, traceparent } from '@siaga/service';
import type { Collection } from './collection.ts';
import type { Origin, SentLater } from './kept.ts';

/** What leaves with a change; see {@link emission} and {@link retraction}. */
export type Emission =
  | { readonly event: AnyEvent; readonly data: unknown; readonly id?: string }
  | { readonly event: AnyEvent; readonly retractedKey: string };

/** An event to emit with a change. Its id is `id`, else the contract's own, else a random one fixed at this moment. */
export function emission<Event extends AnyEvent>(event: Event, data: DataOf<Event>, id?: string): Emission {
  return { event, data, ...(id === undefined ? {} : { id }) };
}

/** A tombstone to emit with a change: this key of a `latest` event is gone. */
export function retraction(event: AnyEvent, key: string): Emission {
  return { event, retractedKey: key };
}

/** What a change leaves in its document's outbox: the given events, then the document's state. A datum that breaks its contract is `invalid`. */
export function entriesOf<Document>(collection: Collection<Document>, events: readonly Emission[]): SentLater[] {
  const origin = originNow();
  const entries: SentLater[] = events.map((given) => ({ ...origin, ...entryOf(given) }));
  if (collection.state !== undefined) entries.push({ ...origin, id: randomUUID() });
  return entries;
}

function entryOf(given: Emission): Pick<SentLater, 'id' | 'event' | 'data' | 'retractedKey'> {
  const { event } = given;
  if ('retractedKey' in given) {
    if (event.stream.delivery !== 'latest')
      throw new Fault('invalid', `${event.name}: only an event of a latest stream can be retracted`);
    return { id: randomUUID(), event: event.name, retractedKey: given.retractedKey };
  }
  const parsed = parse(event.data, given.data, event.name);
  const idOf = event.id as ((data: unknown) => string) | undefined;
  return { id: given.id ?? idOf?.(parsed) ?? randomUUID(), event: event.name, data: JSON.stringify(parsed) };
}

function originNow(): Origin {
  const { exercise, correlation } = currentContext();
  const parent = traceparent();
  return { atMs: Date.now(), exercise, correlation, ...(parent === undefined ? {} : { traceparent: parent }) };
}
