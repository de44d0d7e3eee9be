import { randomUUID } from 'node:crypto';
import { parse, type AnyEvent, type DataOf } from '@siaga/contracts';
import { currentContext, traceparent } from '@siaga/service';
import type { Collection } from './collection.ts';
import type { Origin, SentLater } from './kept.ts';

/** An event to emit with a change; see {@link emission}. */
export interface Emission {
  readonly event: AnyEvent;
  readonly data: unknown;
  readonly id?: string;
}

/** An event to emit with a change. Its id is `id`, else the contract's own, else a random one fixed at this moment. */
export function emission<Event extends AnyEvent>(event: Event, data: DataOf<Event>, id?: string): Emission {
  return { event, data, ...(id === undefined ? {} : { id }) };
}

/** What a change leaves in its document's outbox: the given events, then the document's state. A datum that breaks its contract is `invalid`. */
export function entriesOf<Document>(collection: Collection<Document>, events: readonly Emission[]): SentLater[] {
  const origin = originNow();
  const entries: SentLater[] = events.map(({ event, data, id }) => {
    const parsed = parse(event.data, data, event.name);
    const idOf = event.id as ((data: unknown) => string) | undefined;
    return { ...origin, id: id ?? idOf?.(parsed) ?? randomUUID(), event: event.name, data: JSON.stringify(parsed) };
  });
  if (collection.state !== undefined) entries.push({ ...origin, id: randomUUID() });
  return entries;
}

function originNow(): Origin {
  const { exercise, correlation } = currentContext();
  const parent = traceparent();
  return { atMs: Date.now(), exercise, correlation, ...(parent === undefined ? {} : { traceparent: parent }) };
}
