import type { AnyEvent, Client } from '@siaga/contracts';
import type { Operation } from './operation.ts';
import type { Random } from './random.ts';

/** What the documents say through public REST. */
export interface Dump {
  /** Facts, each as often as it is stored. */
  readonly documents: readonly string[];
  /** Event name → key → what screens must show of it, field by field; fields not named here do not count. */
  readonly latest: ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
}

/** What a service adds to take part in the ledger. Every driver of a scene works on things of its own. */
export interface Driver {
  readonly name: string;
  /** What its operations cause; the contract says whether it is `every` or `latest`. */
  readonly watches: readonly AnyEvent[];
  /** How many lanes ask side by side. */
  readonly lanes: number;
  /** Makes what the operations need. The city is well at that moment. */
  prepare(call: Client): Promise<void>;
  /** What a lane asks for next, given the endings of what it asked before. */
  lane(index: number, random: Random): () => Operation;
  /** The fact that an event of {@link watches} carries, or undefined for one that is not this driver's. */
  factOf(event: string, key: string, data: unknown): string | undefined;
  dump(call: Client): Promise<Dump>;
}
