import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { LampOverrideChanged } from '@siaga/contracts';
import { createLogger, currentContext, PerCity, RouteSettings, serviceContext, withContext } from '@siaga/service';
import type { StoredOverride } from './override-document.ts';
import type { Row } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';

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
  readonly waiting = new Set<() => void>();
  loading: Promise<void> | undefined;
  isStale = false;

  /** Of two that name one thing, the one that was taken last has it: the other may not have been told yet. */
  hold(found: readonly StoredOverride[]): void {
    const oldestFirst = found.toSorted((a, b) => a.takenAtMs - b.takenAtMs || (a._id < b._id ? -1 : 1));
    const byThing = new Map<string, Held>();
    for (const override of oldestFirst)
      for (const row of override.things)
        if (row.replacedBy === undefined && row.controllerId !== undefined) byThing.set(row.thing, { override, row });
    this.byThing = byThing;
    this.byController = Map.groupBy(byThing.values(), ({ row }) => row.controllerId ?? '');
    for (const wake of [...this.waiting]) wake();
  }
}

/**
 * The open overrides of each city, in memory: read from the store at the start and whenever the log says that one of them
 * changed, so that a controller that waits for a command costs nothing while there is none.
 */
@Injectable()
export class OpenOverrides implements OnModuleInit, OnModuleDestroy {
  readonly #cities: PerCity<CityOverrides>;
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
    for (const { waiting } of this.#cities.values()) for (const wake of [...waiting]) wake();
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

  /** Resolves at the next change, after so long, or when nobody asks any more; `false` when waiting is no use now. */
  nextChange(withinMs: number, signal: AbortSignal): Promise<boolean> {
    const { waiting } = this.#cities.here;
    if (this.#isClosing || signal.aborted || withinMs <= 0) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const done = () => {
      waiting.delete(done);
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve(!this.#isClosing && !signal.aborted);
    };
    const timer = setTimeout(done, withinMs);
    signal.addEventListener('abort', done);
    waiting.add(done);
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
      } finally {
        one.loading = undefined;
      }
    });
    return one.loading;
  }
}
