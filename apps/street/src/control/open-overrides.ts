import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { LampOverrideChanged } from '@siaga/contracts';
import { createLogger, currentContext, PerCity, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { ruled, type StoredOverride } from './override-document.ts';
import { holderOf } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { isReachable, type Row } from './step.ts';

const log = createLogger('overrides');

/** A row, and the override it is of. */
export interface Held {
  override: StoredOverride;
  row: Row;
}

/** What of a city is switched by hand now, or on its way back; and who waits for a change of it. */
class CityOverrides {
  byThing: ReadonlyMap<string, Held> = new Map();
  byController: ReadonlyMap<string, readonly Held[]> = new Map();
  ids: ReadonlySet<string> = new Set();
  /** Who waits for something to do, by controller. */
  readonly waiting = new Map<string, Set<() => void>>();
  loading: Promise<void> | undefined;
  isStale = false;

  /** Of two that name one thing the later one has it: the other may not have been told yet. */
  hold(found: readonly StoredOverride[]): void {
    const byThing = new Map<string, Held>();
    for (const override of found)
      for (const row of override.things) {
        if (!isReachable(row)) continue;
        const other = byThing.get(row.thing);
        const isHis =
          other !== undefined && holderOf(ruled(override), ruled(other.override)).overrideId !== override._id;
        if (!isHis) byThing.set(row.thing, { override, row });
      }
    this.byThing = byThing;
    this.ids = new Set(found.map(({ _id }) => _id));
    this.byController = Map.groupBy(byThing.values(), ({ row }) => row.controllerId ?? '');
    for (const controllerId of this.byController.keys()) this.wake(controllerId);
  }

  wake(controllerId: string): void {
    for (const wake of [...(this.waiting.get(controllerId) ?? [])]) wake();
  }

  /** `wake` is called when there may be something for the controller, until the function that is answered is. */
  whenWoken(controllerId: string, wake: () => void): () => void {
    const waiting = this.waiting.get(controllerId) ?? new Set();
    this.waiting.set(controllerId, waiting.add(wake));
    return () => {
      waiting.delete(wake);
      if (waiting.size === 0 && this.waiting.get(controllerId) === waiting) this.waiting.delete(controllerId);
    };
  }
}

/**
 * The open overrides of each city, in memory: read from the store at the start and whenever the log says that one of them
 * changed, so that a controller that waits for a command costs nothing while there is none.
 */
@Injectable()
export class OpenOverrides implements OnModuleInit, OnModuleDestroy {
  readonly #cities: PerCity<CityOverrides>;
  readonly #listeners: ((city: string) => void)[] = [];
  #isClosing = false;

  constructor(
    private readonly store: OverridesStore,
    private readonly bus: EventBus,
    { cities }: RouteSettings,
  ) {
    this.#cities = new PerCity(cities, () => new CityOverrides());
  }

  async onModuleInit(): Promise<void> {
    for (const [city, one] of this.#cities.entries()) {
      const table = this.bus.table(LampOverrideChanged, city);
      table.onChange(() => {
        this.#load(city, one).catch((error: unknown) => {
          log.error({ err: error, city }, 'open overrides cannot be read');
        });
      });
      await this.#load(city, one);
    }
  }

  onModuleDestroy(): void {
    this.#isClosing = true;
    for (const city of this.#cities.values())
      for (const controllerId of [...city.waiting.keys()]) city.wake(controllerId);
  }

  /** Told of a city whenever its open overrides were read. */
  onRead(listener: (city: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Everything that is open. */
  all(): Iterable<Held> {
    return this.#cities.here.byThing.values();
  }

  /** Whose a thing is now. */
  holderOf(thing: string): Held | undefined {
    return this.#cities.here.byThing.get(thing);
  }

  /** What a controller has to do with. */
  ofController(controllerId: string): readonly Held[] {
    return this.#cities.here.byController.get(controllerId) ?? [];
  }

  /** Reads them again: after a change of one's own, before the log tells. */
  async refresh(): Promise<void> {
    await this.#load(currentContext().city, this.#cities.here);
  }

  /**
   * Knows every override there is, also one that another process took a moment ago: what a controller says of it may be in
   * the log before the override itself.
   */
  async catchUp(): Promise<void> {
    const { ids } = this.#cities.here;
    const open = await this.store.openIds();
    if (open.length !== ids.size || open.some((id) => !ids.has(id))) await this.refresh();
  }

  /**
   * Resolves when there may be something new for a controller, after so long, or when nobody asks any more; `false` when
   * waiting is no use now. `withinMs` Infinity: however long it takes.
   */
  nextFor(controllerId: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.#isClosing || signal.aborted || withinMs <= 0) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const done = () => {
      forget();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve(!this.#isClosing && !signal.aborted);
    };
    const forget = this.#cities.here.whenWoken(controllerId, done);
    const timer = withinMs === Infinity ? undefined : setTimeout(done, withinMs);
    signal.addEventListener('abort', done);
    return promise;
  }

  /** One look at a time; what changed meanwhile is looked at again. */
  #load(city: string, one: CityOverrides): Promise<void> {
    one.isStale = true;
    one.loading ??= withContext(serviceContext(city), async () => {
      try {
        while (one.isStale) {
          one.isStale = false;
          one.hold(await this.store.open());
        }
        for (const listener of this.#listeners) listener(city);
      } finally {
        one.loading = undefined;
      }
    });
    return one.loading;
  }
}
