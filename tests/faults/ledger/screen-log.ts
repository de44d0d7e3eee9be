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

/** A value of a `latest` event as a screen shows it. */
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
  readonly #factOf: FactOf;
  readonly #versions = new Map<string, number>();

  constructor(factOf: FactOf) {
    this.#factOf = factOf;
  }

  applied(happened: Omit<Applied, 'fact' | 'atMs'> & { data: unknown }): void {
    const { event, key, id, place, data } = happened;
    const fact = this.#factOf(event, key, data);
    if (fact === undefined) return;
    this.every.push({ event, key, id, place, fact, atMs: Date.now() });
    this.#seen(fact);
  }

  showed({ event, key, data }: Shown): void {
    const fact = this.#factOf(event, key, data);
    if (fact === undefined) return;
    this.values.add(fact);
    this.#seen(fact);
    const version = eventNamed(event)?.version?.(data as never);
    if (version === undefined) return;
    const name = `${event} ${key}`;
    const before = this.#versions.get(name);
    if (before !== undefined && before > version)
      this.wentBack.push(`${name} went back from version ${String(before)} to ${String(version)}`);
    this.#versions.set(name, version);
  }

  #seen(fact: string): void {
    if (!this.firstSeen.has(fact)) this.firstSeen.set(fact, Date.now());
  }
}
