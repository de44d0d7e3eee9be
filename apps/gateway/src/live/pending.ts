import type { LogRecord } from '@siaga/bus';
import type { Stream } from '@siaga/contracts';
import type { Change, EveryEvent, News } from './events.ts';
import type { StreamState } from './stream-state.ts';

/** News since the last frame: each changed key once, as it was then and as it is now; events all of them, in order. */
export class Pending {
  #latest = new Map<Stream, Map<string, Change>>();
  #every: EveryEvent[] = [];

  get isEmpty(): boolean {
    return this.#latest.size === 0 && this.#every.length === 0;
  }

  /** Advances the state and keeps what is new. Answers whether screens must be told at once. */
  advance(state: StreamState, stream: Stream, partition: number, records: readonly LogRecord[]): boolean {
    const { latest, every } = state.advance(stream, partition, records);
    for (const change of latest) this.#change(stream, change);
    for (const event of every) this.#every.push(event);
    return every.some(({ event }) => event.urgent) || latest.some(({ now }) => now.event.urgent);
  }

  /** Hands the news over and starts anew. */
  take(): News {
    const latest = [...this.#latest.values()].flatMap((changes) => [...changes.values()]);
    const every = this.#every;
    this.#latest = new Map();
    this.#every = [];
    return { latest, every };
  }

  #change(stream: Stream, { before, now }: Change): void {
    let changes = this.#latest.get(stream);
    if (changes === undefined) this.#latest.set(stream, (changes = new Map<string, Change>()));
    changes.set(now.key, { before: (changes.get(now.key) ?? { before }).before, now });
  }
}
