import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { billRoutes, controllerRoutes, feederRoutes, lampRoutes, panelRoutes, readingRoutes } from '@siaga/contracts';
import { IdentityModule } from '@siaga/identity';
import { ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import { cameraCollections, cameraControllers, cameraProviders, cameraSettings } from './cameras/camera-parts.ts';
import type { StreetConfig } from './config.ts';
import { controlParts } from './control/control-parts.ts';
import { controllerKind } from './controllers/controller-kind.ts';
import { billKind } from './energy/bill-kind.ts';
import { Months } from './energy/months.ts';
import { MonthDarknesses } from './energy/month-darkness.ts';
import { MonthsController } from './energy/months.controller.ts';
import { readingKind } from './energy/reading-kind.ts';
import { ExerciseController } from './exercise.controller.ts';
import { feederKind } from './feeders/feeder-kind.ts';
import { kinds } from './kinds.ts';
import { LabelsController } from './labels/labels.controller.ts';
import { lampKind } from './lamps/lamp-kind.ts';
import { mqttProviders } from './mqtt/mqtt-parts.ts';
import { panelKind } from './panels/panel-kind.ts';
import { ImportsController } from './register/imports.controller.ts';
import { ImportsStore, streetImports } from './register/imports.store.ts';
import { registerController } from './register/register.controller.ts';
import { RegisterImport } from './register/register-import.ts';
import { Things } from './register/things.store.ts';
import { reportParts } from './reports/report-parts.ts';
import { stateParts } from './states/state-parts.ts';
import { telemetryCollections, telemetryControllers, telemetryProviders } from './telemetry/telemetry-parts.ts';
import { orderParts } from './work-orders/order-parts.ts';

/** Street lights of each city: what there is, and what it costs. */
@Module({
  controllers: [
    registerController(feederRoutes, feederKind),
    registerController(panelRoutes, panelKind),
    registerController(lampRoutes, lampKind),
    registerController(controllerRoutes, controllerKind),
    ...cameraControllers,
    registerController(billRoutes, billKind),
    registerController(readingRoutes, readingKind),
    MonthsController,
    LabelsController,
    ImportsController,
    ...reportParts.controllers,
    ...telemetryControllers,
    ...orderParts.controllers,
    ...stateParts.controllers,
    ...controlParts.controllers,
    ExerciseController,
  ],
  providers: [
    Things,
    ImportsStore,
    RegisterImport,
    Months,
    MonthDarknesses,
    ...cameraProviders,
    ...reportParts.providers,
    ...orderParts.providers,
    ...controlParts.providers,
  ],
})
export class StreetModule {
  static for(config: StreetConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    const registers = [...kinds.map(({ collection }) => collection), streetImports];
    const collections = [
      ...cameraCollections,
      ...registers,
      ...reportParts.collections,
      ...orderParts.collections,
      ...telemetryCollections,
      ...stateParts.collections,
      ...controlParts.collections,
    ];
    return {
      module: StreetModule,
      providers: [
        ...cameraSettings(config),
        ...telemetryProviders(config),
        ...mqttProviders(config),
        ...stateParts.providers,
      ],
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'street', log }),
        IdentityModule.forCities(cities),
        StoreModule.forCities(cities, { app: 'street', uri, seat, collections }),
      ],
    };
  }
}

/** A register of 3 MB in base64, in JSON. */
const MOST_BYTES = 4_300_000;

/** Starts the service on a log, which is closed with it. */
export function startStreet(config: StreetConfig, log: EventLog): Promise<RunningService> {
  return start(StreetModule.for(config, log), {
    ...{ name: 'street', host: config.HOST, port: config.PORT, bodyLimit: MOST_BYTES },
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
  });
}
