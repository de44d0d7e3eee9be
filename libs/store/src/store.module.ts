import { Global, Module, type DynamicModule, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Health } from '@siaga/service';
import { CityDatabases } from './cities.ts';
import type { AnyCollection } from './collection.ts';
import { Store } from './store.ts';

export interface StoreSettings {
  /** Collections of this service: their indexes are made at start, their outboxes are sent. */
  collections: readonly AnyCollection[];
  /** `MONGODB_URI`, for example `mongodb://127.0.0.1:27017`. */
  uri: string;
}

/** Connects at start (or fails loudly), makes indexes, closes at the end. */
@Global()
@Module({})
export class StoreModule implements OnModuleInit, OnModuleDestroy {
  readonly #databases: CityDatabases;
  readonly #settings: StoreSettings;

  constructor(databases: CityDatabases, settings: Settings, health: Health) {
    this.#databases = databases;
    this.#settings = settings.value;
    health.add('documents', async () => {
      await databases.ping();
      return { ok: true };
    });
  }

  static forCities(cities: readonly string[], settings: StoreSettings): DynamicModule {
    const databases = new CityDatabases(settings.uri, cities);
    return {
      module: StoreModule,
      providers: [
        { provide: CityDatabases, useValue: databases },
        { provide: Settings, useValue: new Settings(settings) },
        { provide: Store, useValue: new Store(databases) },
      ],
      exports: [Store],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.#databases.connect();
    await this.#databases.ensure(this.#settings.collections);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#databases.close();
  }
}

class Settings {
  readonly value: StoreSettings;

  constructor(value: StoreSettings) {
    this.value = value;
  }
}
