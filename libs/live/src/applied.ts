import { eventNamed, type AnyEvent, type EveryEntry, type Frame, type LatestEntry } from '@siaga/contracts';
import { RecentIds } from './recent-ids.ts';

/** The newest value of one key. */
export interface LatestItem<Data> {
  readonly data: Data;
  /** The contract's version (for a position, when it was measured), else when the log took it. Epoch ms. */
  readonly atMs: number;
  /** Who emitted it, for example `siaga/waste`. */
  readonly source: string;
  readonly exercise: boolean;
}

/** What applying a frame did. */
export interface Outcome {
  /** Names of `latest` events with a changed key. */
  readonly changed: ReadonlySet<string>;
  /** Events that have not been seen before, in order. */
  readonly every: readonly EveryEntry[];
}

const NOTHING: Outcome = { changed: new Set(), every: [] };
/** Relays and devices may repeat an event under the same id; within this many it counts once. */
export const REMEMBERED_IDS = 20_000;

/**
 * What a screen knows: frames applied one after another, each as a whole. Pure: no socket, no clock. After any sequence
 * of cuts and resumes it equals the log up to {@link position}.
 */
export class Applied {
  readonly #contractOf: (name: string) => AnyEvent | undefined;
  readonly #ids = new RecentIds(REMEMBERED_IDS);
  #latest = new Map<string, Map<string, LatestItem<unknown>>>();
  #parts: Frame[] = [];
  #position: string | undefined;

  constructor(contractOf: (name: string) => AnyEvent | undefined = eventNamed) {
    this.#contractOf = contractOf;
  }

  /** Up to where everything is applied; what the gateway resumes from. Opaque. */
  get position(): string | undefined {
    return this.#position;
  }

  /** Values of one `latest` event by key; changes in place with the next frame. */
  latest(name: string): ReadonlyMap<string, LatestItem<unknown>> {
    return this.#latest.get(name) ?? new Map<string, LatestItem<unknown>>();
  }

  /** Whether an event is among the last 20,000 that were applied. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** A new connection: parts of a snapshot the old one did not finish are worth nothing. */
  reconnected(): void {
    this.#parts = [];
  }

  /** Drops everything but the ids it has told of; answers the names of events whose values are gone. */
  forget(): ReadonlySet<string> {
    const changed = new Set(this.#latest.keys());
    this.#latest = new Map();
    this.#parts = [];
    this.#position = undefined;
    return changed;
  }

  /** Applies a frame; parts of a snapshot all together with the last one. */
  apply(frame: Frame): Outcome {
    if (frame.part === undefined) return this.#applyOne(frame, new Set());
    if (frame.part.index === 0) this.#parts = [];
    if (frame.part.index !== this.#parts.length) return NOTHING;
    this.#parts.push(frame);
    if (!frame.part.last) return NOTHING;
    const whole: Frame = {
      at: frame.at,
      position: frame.position,
      latest: this.#parts.flatMap((part) => part.latest),
      every: this.#parts.flatMap((part) => part.every),
    };
    this.#parts = [];
    const changed = new Set(this.#latest.keys());
    this.#latest = new Map();
    return this.#applyOne(whole, changed);
  }

  #applyOne(frame: Frame, changed: Set<string>): Outcome {
    for (const entry of frame.latest) if (this.#put(entry)) changed.add(entry[0]);
    const every = frame.every.filter(([, , , id]) => this.#ids.add(id));
    this.#position = frame.position;
    return { changed, every };
  }

  #put([name, key, data, meta]: LatestEntry): boolean {
    let values = this.#latest.get(name);
    if (values === undefined) this.#latest.set(name, (values = new Map<string, LatestItem<unknown>>()));
    if (data === null) return values.delete(key);
    const version = this.#contractOf(name)?.version?.(data as never);
    const held = values.get(key);
    if (version !== undefined && held !== undefined && held.atMs > version) return false;
    values.set(key, { data, atMs: version ?? meta.at, source: meta.source, exercise: meta.exercise === true });
    return true;
  }
}
