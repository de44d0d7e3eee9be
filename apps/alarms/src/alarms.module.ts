import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import { Outgoing, ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import { alarms } from './alarms/alarm-document.ts';
import { AlarmTimer } from './alarms/alarm-timer.ts';
import { AlarmsController } from './alarms/alarms.controller.ts';
import { AlarmsStore } from './alarms/alarms.store.ts';
import { conditions } from './conditions/condition-document.ts';
import { ConditionsProjection } from './conditions/conditions.projection.ts';
import { ConditionsStore } from './conditions/conditions.store.ts';
import type { AlarmsConfig } from './config.ts';
import { DeskTimer, desks } from './desk/desk-timer.ts';
import { Desk } from './desk/desk.ts';
import { HandOverController } from './hand-over/hand-over.controller.ts';
import { handOvers } from './hand-over/hand-over-document.ts';
import { HandOversStore } from './hand-over/hand-overs.store.ts';
import { ExerciseController } from './exercise.controller.ts';
import { ServiceWatch } from './services/service-watch.ts';
import { Deliveries } from './webhooks/deliveries.ts';
import { RoutingProjection } from './webhooks/routing.projection.ts';
import { deliveries, webhooks } from './webhooks/webhook-document.ts';
import { WebhooksController } from './webhooks/webhooks.controller.ts';
import { WebhooksStore } from './webhooks/webhooks.store.ts';

/** One alarm desk for every domain of a city. */
@Module({
  controllers: [
    AlarmsController,
    ConditionsProjection,
    ExerciseController,
    HandOverController,
    RoutingProjection,
    WebhooksController,
  ],
  providers: [
    AlarmsStore,
    AlarmTimer,
    ConditionsStore,
    Desk,
    Deliveries,
    DeskTimer,
    HandOversStore,
    ServiceWatch,
    WebhooksStore,
  ],
})
export class AlarmsModule {
  static for(config: AlarmsConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat, WEBHOOK_NETWORKS: networks } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: AlarmsModule,
      providers: [{ provide: Outgoing, useValue: new Outgoing(networks) }],
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'alarms', log }),
        IdentityModule.forCities(cities),
        StoreModule.forCities(cities, {
          app: 'alarms',
          uri,
          seat,
          collections: [alarms, conditions, deliveries, desks, handOvers, webhooks],
        }),
      ],
    };
  }
}

/** Starts the service on a log, which is closed with it. */
export function startAlarms(config: AlarmsConfig, log: EventLog): Promise<RunningService> {
  return start(AlarmsModule.for(config, log), {
    name: 'alarms',
    host: config.HOST,
    port: config.PORT,
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
  });
}
