import type { LatestItem } from './applied.ts';

/** Values of one `latest` event, in the shape `useSyncExternalStore` wants. */
export interface LatestView<Data> {
  /** Told after each frame that changed a value; answers a function that ends it. */
  subscribe(listener: () => void): () => void;
  /** By key. The same map until a value changes, then another one. */
  get(): ReadonlyMap<string, LatestItem<Data>>;
}

/** A view over values that change in place: it copies them when somebody looks after a change, not before. */
export class ChangingView implements LatestView<unknown> {
  readonly #read: () => ReadonlyMap<string, LatestItem<unknown>>;
  readonly #listeners = new Set<() => void>();
  #copy: ReadonlyMap<string, LatestItem<unknown>> | undefined;

  constructor(read: () => ReadonlyMap<string, LatestItem<unknown>>) {
    this.#read = read;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): ReadonlyMap<string, LatestItem<unknown>> => (this.#copy ??= new Map(this.#read()));

  changed(): void {
    this.#copy = undefined;
    for (const listener of this.#listeners) listener();
  }
}
