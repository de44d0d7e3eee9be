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
  const sendings = outbox.filter(isNamed).map((entry) => namedRecord(entry, sender));
  // several changes since: the newest state says all that the older ones would have said
  const newest = outbox.findLast((entry) => entry.event === undefined);
  if (newest !== undefined && collection.state !== undefined)
    sendings.push(stateRecord(collection.state, document, metaOf(newest, sender)));
  return sendings;
}

function namedRecord(entry: Named, sender: Sender): Sending {
  const event = eventNamed(entry.event);
  if (event === undefined) throw new Fault('invalid', `unknown event ${entry.event}`);
  const { stream } = event;
  const meta = { ...metaOf(entry, sender), id: entry.id };
  if (entry.retractedKey !== undefined) return { stream, record: encodeRetraction(event, entry.retractedKey, meta) };
  const data = JSON.parse(entry.data ?? 'null') as DataOf<AnyEvent> as never;
  return { stream, record: encodeEvent(event, data, meta) };
}

/** The record that says what a document is now: its state, or a tombstone for one on its way out. */
export function stateRecord(state: State<Record<string, unknown>>, document: Waiting, meta: EventMeta): Sending {
  const { event } = state;
  const shown = shownOf(document);
  const id = `${document._id}#${String(document.version)}`;
  const data = document.removedAtMs === undefined ? state.data(shown) : null;
  if (data === null)
    return {
      stream: event.stream,
      record: encodeRetraction(event, state.key(shown), { ...meta, id: `${id}-removed` }),
    };
  const known = event.id === undefined ? { ...meta, id } : meta;
  return { stream: event.stream, record: encodeEvent(event, data, known) };
}

/** What an event's headers say of where it came from. */
export function metaOf(origin: Origin, sender: Sender): EventMeta {
  const { atMs, exercise, correlation, traceparent } = origin;
  return { ...sender, timeMs: atMs, exercise, correlation, ...(traceparent === undefined ? {} : { traceparent }) };
}

type Named = SentLater & { event: string };

function isNamed(entry: SentLater): entry is Named {
  return entry.event !== undefined;
}

function shownOf(document: Waiting): Stored<Record<string, unknown>> {
  return without(document, 'outbox', 'outboxAtMs', 'removedAtMs');
}
