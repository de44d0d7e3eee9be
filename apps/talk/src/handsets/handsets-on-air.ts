import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { HandsetChanged } from '@siaga/contracts';
import { PerCity, RouteSettings } from '@siaga/service';

type Listener = (city: string, handset: HandsetChanged) => void;

/** The radios of every city by the phones that are them: what the door of voice asks of each link. */
@Injectable()
export class HandsetsOnAir implements OnModuleInit, OnModuleDestroy {
  readonly #tables: PerCity<Table<HandsetChanged>>;
  readonly #listeners = new Set<Listener>();
  readonly #ends: (() => void)[] = [];

  constructor(
    bus: EventBus,
    private readonly settings: RouteSettings,
  ) {
    this.#tables = new PerCity(settings.cities, (city) => bus.table(HandsetChanged, city));
  }

  async onModuleInit(): Promise<void> {
    for (const city of this.settings.cities) {
      const table = this.#tables.of(city);
      await table.ready;
      this.#ends.push(
        table.onChange((_, handset) => {
          if (handset === undefined) return;
          for (const listener of this.#listeners) listener(city, handset);
        }),
      );
    }
  }

  onModuleDestroy(): void {
    for (const end of this.#ends) end();
  }

  /** Which radio a phone is; undefined for one that is none. A lost one is found by whoever held it. */
  by(city: string, participantId: string): HandsetChanged | undefined {
    return [...this.#tables.of(city).values()].find(({ holder }) => holder?.participantId === participantId);
  }

  /** Told when a radio of a city was lost, found, taken in hand or meant for training. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
