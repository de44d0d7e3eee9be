import {
  Global,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { EVENT_LOG, type EventLog } from '@siaga/bus';
import { Health, PRESSES } from '@siaga/service';
import { Blobs } from './blobs.ts';
import { Documents, type DocumentsSettings } from './documents.ts';
import { Store } from './store.ts';
import { Timers } from './timers.ts';

/** The documents of a service: `Store`, `Blobs` and `Timers`. Import it after `ServiceModule` and `BusModule`. */
@Global()
@Module({})
export class StoreModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #documents: Documents;

  constructor(documents: Documents, health: Health) {
    this.#documents = documents;
    health.add('documents', () => documents.health());
    health.add('outbox', (city) => documents.outboxHealth(city));
  }

  static forCities(cities: readonly string[], settings: Omit<DocumentsSettings, 'cities'>): DynamicModule {
    return {
      module: StoreModule,
      providers: [
        {
          provide: Documents,
          useFactory: (log: EventLog) => new Documents({ ...settings, cities }, log),
          inject: [EVENT_LOG],
        },
        { provide: Store, useFactory: (documents: Documents) => documents.store, inject: [Documents] },
        { provide: Blobs, useFactory: (documents: Documents) => documents.blobs, inject: [Documents] },
        { provide: PRESSES, useFactory: (documents: Documents) => documents.presses, inject: [Documents] },
        { provide: Timers, useFactory: (documents: Documents) => documents.timers, inject: [Documents] },
      ],
      exports: [Documents, Store, Blobs, Timers, PRESSES],
    };
  }

  /** Connects and makes indexes, or fails the start. */
  async onModuleInit(): Promise<void> {
    await this.#documents.open();
  }

  onApplicationBootstrap(): void {
    this.#documents.start();
  }

  /** After requests and handlers have ended; Nest shuts what was imported last first, so before the log is closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.#documents.close();
  }
}
