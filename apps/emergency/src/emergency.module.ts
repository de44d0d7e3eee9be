import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { IdentityModule } from '@siaga/identity';
import { createLogger, Outgoing, ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import { MapFolder, OpenMaps } from '@siaga/streets';
import { alertParts } from './alerts/alert-parts.ts';
import { PushServices } from './alerts/push-services.ts';
import { bookingParts } from './bookings/booking-parts.ts';
import { callParts } from './calls/call-parts.ts';
import type { EmergencyConfig } from './config.ts';
import { RunCardsController } from './dispatch/run-cards.controller.ts';
import { ExerciseRecords } from './exercise-records.ts';
import { ExerciseController } from './exercise.controller.ts';
import { hospitalParts } from './hospitals/hospital-parts.ts';
import { incidentParts } from './incidents/incident-parts.ts';
import { reportParts } from './reports/report-parts.ts';
import { surroundingsParts } from './surroundings/surroundings-parts.ts';
import { patrolParts } from './patrols/patrol-parts.ts';
import { timelineParts } from './timeline/timeline-parts.ts';
import { TriageCardController } from './triage/triage-card.controller.ts';
import { PlacesController } from './streets/places.controller.ts';
import { unitParts } from './units/unit-parts.ts';

const log = createLogger('emergency');

/** Units are suggested by straight lines then, and nobody waits for a map. */
const tellOfMap = (err: unknown, city: string) => {
  log.error({ err, city }, 'the street map cannot be opened: import it again');
};

/** 112 and SPGDT of each city: calls, incidents, units and who is sent where. */
@Module({
  controllers: [
    ExerciseController,
    PlacesController,
    RunCardsController,
    TriageCardController,
    ...alertParts.controllers,
    ...bookingParts.controllers,
    ...callParts.controllers,
    ...incidentParts.controllers,
    ...reportParts.controllers,
    ...surroundingsParts.controllers,
    ...patrolParts.controllers,
    ...timelineParts.controllers,
    ...unitParts.controllers,
    ...hospitalParts.controllers,
  ],
  providers: [
    ...alertParts.providers,
    ...bookingParts.providers,
    ...callParts.providers,
    ...incidentParts.providers,
    ...reportParts.providers,
    ...surroundingsParts.providers,
    ExerciseRecords,
    ...patrolParts.providers,
    ...timelineParts.providers,
    ...unitParts.providers,
    ...hospitalParts.providers,
  ],
})
export class EmergencyModule {
  static for(config: EmergencyConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: EmergencyModule,
      providers: [
        { provide: OpenMaps, useValue: new OpenMaps(new MapFolder(config.SIAGA_MAP), tellOfMap) },
        { provide: Outgoing, useValue: new Outgoing(config.WEBHOOK_NETWORKS) },
        { provide: PushServices, useValue: new PushServices(config.PUSH_NETWORKS, config.PUSH_CONTACT) },
      ],
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'emergency', log }),
        IdentityModule.forCities(cities),
        StoreModule.forCities(cities, {
          app: 'emergency',
          uri,
          seat,
          collections: [
            ...alertParts.collections,
            ...bookingParts.collections,
            ...callParts.collections,
            ...incidentParts.collections,
            ...patrolParts.collections,
            ...reportParts.collections,
            ...timelineParts.collections,
            ...unitParts.collections,
            ...hospitalParts.collections,
          ],
        }),
      ],
    };
  }
}

/** Starts the service on a log, which is closed with it. */
export function startEmergency(config: EmergencyConfig, log: EventLog): Promise<RunningService> {
  return start(EmergencyModule.for(config, log), {
    ...{ name: 'emergency', host: config.HOST, port: config.PORT },
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
  });
}
