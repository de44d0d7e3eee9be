/** What the store adds to every document. `_id` is the aggregate's own id; `version` starts at 1 and grows with each change. */
export interface Kept {
  _id: string;
  version: number;
  /** When {@link Store.onDue} looks at the document, epoch ms; absent: never. */
  wakeAtMs?: number | undefined;
}

/** A document as it is read: its own fields and what the store keeps beside them. */
export type Stored<Document> = Document & Kept;

/** Where an event came from, kept until it is sent. */
export interface Origin {
  atMs: number;
  exercise: boolean;
  correlation: string;
  traceparent?: string;
}

/** An event as it waits in its document until the log has it. */
export interface SentLater extends Origin {
  /** Fixed: the same on every repeat. */
  id: string;
  /** Event name; absent: the document's state, made from the document when it is sent. */
  event?: string;
  /** Data as JSON text; absent for a state and for a tombstone. */
  data?: string;
  /** Instead of data: this key of the event is gone. */
  retractedKey?: string;
}

/** A command that must count once, however often it is sent: its Idempotency-Key and the hash of what it asked. */
export interface OnceKey {
  readonly key: string;
  readonly bodyHash: string;
}

/** Fields only the store reads: never in what a query returns. */
export interface Hidden {
  schemaVersion: number;
  outbox?: SentLater[];
  /** Since when the outbox is not empty, epoch ms; carries the index of the relay. */
  outboxAtMs?: number;
  /** The document leaves once its tombstone is in the log. */
  removedAtMs?: number;
  /** The last commands that carried an Idempotency-Key, newest last. */
  onceKeys?: OnceKey[];
}
