import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Health, TRANSPORT } from '@siaga/service';
import { watchBus } from './bus-health.ts';
import { EventBus } from './event-bus.ts';
import type { EventLog } from './event-log.ts';
import { EventTransport } from './event-transport.ts';
import { openEventLog } from './open-event-log.ts';
import { ServiceReports } from './service-reports.ts';
import { WatchedLog } from './watched-log.ts';

/** Injection token of the process's {@link EventLog}, for who reads streams directly (the gateway). */
export const EVENT_LOG = Symbol('siaga:event-log');

export interface BusOptions {
  /** Name of the service: source of its events, first part of its consumer groups. */
  app: string;
  /** The log, when not the one the environment names. It is closed with the app. */
  log?: EventLog;
  /** Tells replicas apart in their reports; the name of the machine or container, when absent. */
  instanceId?: string;
}

/** Events in a Nest app: {@link EventBus}, handlers by `@On`, health checks, {@link ServiceReports}. */
@Global()
@Module({})
export class BusModule implements OnApplicationShutdown {
  readonly #bus: EventBus;
  readonly #log: EventLog;

  constructor(bus: EventBus, @Inject(EVENT_LOG) log: EventLog) {
    this.#bus = bus;
    this.#log = log;
  }

  static forCities(cities: readonly string[], { app, log, instanceId }: BusOptions): DynamicModule {
    return {
      module: BusModule,
      providers: [
        { provide: EVENT_LOG, useFactory: async () => new WatchedLog(log ?? (await openEventLog(process.env))) },
        { provide: EventBus, useFactory: (used: EventLog) => new EventBus(used, app, cities), inject: [EVENT_LOG] },
        {
          provide: TRANSPORT,
          useFactory: (used: WatchedLog, health?: Health) => {
            const transport = new EventTransport({ log: used, app, cities });
            if (health !== undefined) watchBus(health, { log: used, transport, cities });
            return transport;
          },
          inject: [EVENT_LOG, { token: Health, optional: true }],
        },
        {
          provide: ServiceReports,
          useFactory: (bus: EventBus, used: EventLog, transport: EventTransport, health: Health) =>
            new ServiceReports({ app, cities, bus, log: used, transport, health }, instanceId),
          inject: [EventBus, EVENT_LOG, TRANSPORT, Health],
        },
      ],
      exports: [EventBus, EVENT_LOG, TRANSPORT, ServiceReports],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#bus.close();
    await this.#log.close();
  }
}
