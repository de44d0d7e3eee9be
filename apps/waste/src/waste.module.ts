import { Module, type DynamicModule } from '@nestjs/common';
import { BusModule, type EventLog } from '@siaga/bus';
import { DeviceBodies, DeviceDoubts, DeviceLimits, DeviceProofs, IdentityModule } from '@siaga/identity';
import { ServiceModule, serviceSettings, start, type RunningService } from '@siaga/service';
import { StoreModule } from '@siaga/store';
import type { WasteConfig } from './config.ts';
import { ExerciseController } from './exercise.controller.ts';
import { DeviceDoor } from './ingest/device-door.ts';
import { Devices } from './ingest/devices.ts';
import { IntakeClearing } from './ingest/intake-clearing.ts';
import { IntakeCounts } from './ingest/intake-counts.ts';
import { intakeDays, IntakeStore } from './ingest/intake.store.ts';
import { IntakeMemory } from './ingest/intake-memory.ts';
import { Intake } from './ingest/intake.ts';
import { OsmandController } from './ingest/osmand.controller.ts';
import { OwnTracksController } from './ingest/owntracks.controller.ts';
import { SeenDevicesController } from './ingest/seen-devices.controller.ts';
import { SeenDevices } from './ingest/seen-devices.ts';
import { TraccarController } from './ingest/traccar.controller.ts';
import { fixes, FixesStore } from './track/fixes.store.ts';
import { HistoryProjection } from './track/history.projection.ts';
import { MarkerProjection } from './track/marker.projection.ts';
import { markers, MarkersStore } from './track/markers.store.ts';
import { TrackClearing } from './track/track-clearing.ts';
import { TrackController } from './track/track.controller.ts';
import { devices, DevicesStore } from './trucks/devices.store.ts';
import { ImportController } from './trucks/import.controller.ts';
import { ImportsStore, truckImports } from './trucks/imports.store.ts';
import { trucks } from './trucks/truck-document.ts';
import { TruckImport } from './trucks/truck-import.ts';
import { TruckPlans } from './trucks/truck-plans.store.ts';
import { TruckUpkeep } from './trucks/truck-upkeep.ts';
import { TruckWriter } from './trucks/truck-writer.ts';
import { TrucksController } from './trucks/trucks.controller.ts';
import { TrucksStore } from './trucks/trucks.store.ts';

/** Waste trucks of each city: register, intake of trackers, tracks and markers. */
@Module({
  controllers: [
    TrucksController,
    ImportController,
    TrackController,
    SeenDevicesController,
    OsmandController,
    OwnTracksController,
    TraccarController,
    HistoryProjection,
    MarkerProjection,
    ExerciseController,
  ],
  providers: [
    ...[DeviceBodies, DeviceDoor, Devices, Intake, IntakeCounts, IntakeClearing],
    ...[IntakeMemory, SeenDevices, TrackClearing, DevicesStore, TruckPlans, TruckUpkeep],
    ...[TrucksStore, FixesStore, MarkersStore, IntakeStore, ImportsStore, TruckImport, TruckWriter],
  ],
})
export class WasteModule {
  static for(config: WasteConfig, log: EventLog): DynamicModule {
    const { MONGODB_URI: uri, SIAGA_SEAT: seat } = config;
    const { POSITIONS_PER_SECOND_OF_DEVICE: ofDevice, STRANGERS_PER_SECOND_OF_ADDRESS: ofAddress } = config;
    const settings = serviceSettings(config);
    const { cities } = settings;
    return {
      module: WasteModule,
      providers: [
        { provide: DeviceLimits, useFactory: () => new DeviceLimits({ ofDevice, ofAddress }, cities) },
        {
          provide: DeviceDoubts,
          inject: [DeviceProofs],
          // DLH's administrators say how trackers of trucks prove themselves
          useFactory: (proofs: DeviceProofs) => new DeviceDoubts(proofs, 'dlh'),
        },
      ],
      imports: [
        ServiceModule.for(settings),
        BusModule.forCities(cities, { app: 'waste', log }),
        IdentityModule.forCities(cities),
        StoreModule.forCities(cities, {
          app: 'waste',
          uri,
          seat,
          collections: [trucks, devices, truckImports, fixes, markers, intakeDays],
        }),
      ],
    };
  }
}

/** A register of 3 MB in base64, in JSON. Device doors have their own, smaller bound. */
const MOST_BYTES = 4_300_000;

/** Starts the service on a log, which is closed with it. */
export function startWaste(config: WasteConfig, log: EventLog): Promise<RunningService> {
  return start(WasteModule.for(config, log), {
    name: 'waste',
    host: config.HOST,
    port: config.PORT,
    bodyLimit: MOST_BYTES,
    // never the public's door: who speaks for others on a private network is a gateway
    trustedProxies: ['loopback', 'linklocal', 'uniquelocal'],
  });
}
