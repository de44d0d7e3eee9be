import { eventNamed } from '@siaga/contracts';

/** An `every` event as a screen applied it. */
export interface Applied {
  readonly event: string;
  readonly key: string;
  readonly id: string;
  /** As its driver names it. */
  readonly fact: string;
  /** Where it stands: the frame's position for a raw screen, else the log's time. */
  readonly place: string;
  /** The test's clock, epoch ms. */
  readonly atMs: number;
}

/** A value of a `latest` event as a screen shows it; null: it was taken away. */
export interface Shown {
  readonly event: string;
  readonly key: string;
  readonly data: unknown;
}

export type FactOf = (event: string, key: string, data: unknown) => string | undefined;

/** What one screen applied during a scene. */
export class ScreenLog {
  readonly every: Applied[] = [];
  /** When each fact was first on it, events and values alike, epoch ms. */
  readonly firstSeen = new Map<string, number>();
  /** Facts of the values it showed. */
  readonly values = new Set<string>();
  /** Values that went back, each in a sentence. */
  readonly wentBack: string[] = [];
  /** Times it was told that not everything missed could be filled in. */
  gaps = 0;
  /** When it last showed something new, or took something away, epoch ms. */
  changedAtMs = 0;
  readonly #factOf: FactOf;
  readonly #last = new Map<string, { fact: string; version: number | undefined }>();

  constructor(factOf: FactOf) {
    this.#factOf = factOf;
  }

  applied(happened: Omit<Applied, 'fact' | 'atMs'> & { data: unknown }): void {
    const { event, key, id, place, data } = happened;
    const fact = this.#factOf(event, key, data);
    if (fact === undefined) return;
    const atMs = Date.now();
    this.every.push({ event, key, id, place, fact, atMs });
    this.changedAtMs = atMs;
    this.#seen(fact);
  }

  showed({ event, key, data }: Shown): void {
    const fact = this.#factOf(event, key, data);
    if (fact === undefined) return;
    const name = `${event} ${key}`;
    const version = data === null ? undefined : eventNamed(event)?.version?.(data as never);
    const before = this.#last.get(name);
    if (before?.fact === fact && before.version === version) return;
    this.#last.set(name, { fact, version });
    this.changedAtMs = Date.now();
    this.values.add(fact);
    this.#seen(fact);
    if (before?.version !== undefined && version !== undefined && before.version > version)
      this.wentBack.push(`${name} went back from version ${String(before.version)} to ${String(version)}`);
  }

  /** Whether a value is one of this scene. */
  knows({ event, key, data }: Shown): boolean {
    return this.#factOf(event, key, data) !== undefined;
  }

  #seen(fact: string): void {
    if (!this.firstSeen.has(fact)) this.firstSeen.set(fact, Date.now());
  }
}
