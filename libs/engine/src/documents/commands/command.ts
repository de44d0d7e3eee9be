import type { Document } from '../bson/values.ts';
import type { Store } from '../storage/store.ts';
import type { Cursors } from './cursors.ts';

/** What a command works with. */
export interface Context {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly database: string;
  /** The command as it came; its first field is its name. */
  readonly body: Document;
  readonly connectionId: number;
}

/** A command of the protocol. */
export interface Command {
  /** What it understands; every other option is refused, except in a greeting, where MongoDB ignores news too. */
  readonly options: readonly string[] | 'any';
  readonly run: (context: Context) => Document | Promise<Document>;
}
