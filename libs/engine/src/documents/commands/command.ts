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

/** A command of the protocol and the options it understands; every other option is refused. */
export interface Command {
  readonly options: readonly string[];
  readonly run: (context: Context) => Document | Promise<Document>;
}
