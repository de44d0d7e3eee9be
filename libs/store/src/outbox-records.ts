import { encodeEvent, encodeRetraction, type EventMeta, type NewRecord } from '@siaga/bus';
import { eventNamed, Fault, type DataOf, type AnyEvent, type Stream } from '@siaga/contracts';
import type { Collection, State } from './collection.ts';
import type { Hidden, Origin, SentLater, Stored } from './kept.ts';
import { without } from './without.ts';

/** A document of any collection as the relay reads it. */
export type Waiting = Stored<Record<string, unknown>> & Partial<Hidden>;

/** Any collection, for code that does not care what its documents are. */
export type Outboxed = Collection<Record<string, unknown>>;

/** A record and the stream it goes to. */
export interface Sending {
  readonly stream: Stream;
  readonly record: NewRecord;
}

/** Whose outbox it is. */
export interface Sender {
  readonly city: string;
  /** `siaga/waste` */
  readonly source: string;
}

/** The records of a document's outbox, in order, its state last. Throws `invalid` for what does not fit its contract. */
export function recordsOf(collection: Outboxed, document: Waiting, sender: Sender): Sending[] {
  const outbox = document.outbox ?? [];
  const sendings = outbox.filter(isNamed).map((entry) => {
    const event = eventNamed(entry.event);
    if (event === undefined) throw new Fault('invalid', `unknown event ${entry.event}`);
    const data = JSON.parse(entry.data) as DataOf<AnyEvent> as never;
    return { stream: event.stream, record: encodeEvent(event, data, { ...metaOf(entry, sender), id: entry.id }) };
  });
  // several changes since: the newest state says all that the older ones would have said
  const newest = outbox.findLast((entry) => entry.event === undefined);
  if (newest !== undefined && collection.state !== undefined)
    sendings.push(stateRecord(collection.state, document, metaOf(newest, sender)));
  return sendings;
}

/** The record that says what a document is now: its state, or a tombstone for one on its way out. */
export function stateRecord(state: State<Record<string, unknown>>, document: Waiting, meta: EventMeta): Sending {
  const { event } = state;
  const shown = shownOf(document);
  const id = `${document._id}#${String(document.version)}`;
  if (document.removedAtMs !== undefined)
    return {
      stream: event.stream,
      record: encodeRetraction(event, state.key(shown), { ...meta, id: `${id}-removed` }),
    };
  const known = event.id === undefined ? { ...meta, id } : meta;
  return { stream: event.stream, record: encodeEvent(event, state.data(shown), known) };
}

/** What an event's headers say of where it came from. */
export function metaOf(origin: Origin, sender: Sender): EventMeta {
  const { atMs, exercise, correlation, traceparent } = origin;
  return { ...sender, timeMs: atMs, exercise, correlation, ...(traceparent === undefined ? {} : { traceparent }) };
}

function isNamed(entry: SentLater): entry is SentLater & { event: string; data: string } {
  return entry.event !== undefined;
}

function shownOf(document: Waiting): Stored<Record<string, unknown>> {
  return without(document, 'outbox', 'outboxAtMs', 'removedAtMs');
}
