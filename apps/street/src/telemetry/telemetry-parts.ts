import type { Provider } from '@nestjs/common';
import { DeviceBodies, DeviceDoubts, DeviceLimits, DeviceProofs } from '@siaga/identity';
import { RouteSettings } from '@siaga/service';
import type { StreetConfig } from '../config.ts';
import { ChirpstackController } from './chirpstack.controller.ts';
import { Intake } from './intake.ts';
import { RecordedInCity } from './recorded-in-city.ts';
import { Refusals } from './refusals.ts';
import { RefusalsStore, streetRefusals } from './refusals.store.ts';
import { SeenControllers } from './seen-controllers.ts';
import { StreetDoor } from './street-door.ts';
import { StreetIngestController } from './street-ingest.controller.ts';
import { StreetRegister } from '../register/street-register.ts';
import { TelemetryClearing } from './telemetry-clearing.ts';
import { TelemetryController } from './telemetry.controller.ts';

/** What controllers of lamps and panels say: its part of the module. */
export const telemetryControllers = [StreetIngestController, ChirpstackController, TelemetryController];
export const telemetryCollections = [streetRefusals];

const parts: readonly Provider[] = [
  ...[
    DeviceBodies,
    StreetDoor,
    Intake,
    RecordedInCity,
    StreetRegister,
    SeenControllers,
    Refusals,
    RefusalsStore,
    TelemetryClearing,
  ],
];

/** What the environment says of it. */
export function telemetryProviders(config: StreetConfig): Provider[] {
  const { REPORTS_PER_SECOND_OF_CONTROLLER: ofDevice, STRANGERS_PER_SECOND_OF_ADDRESS: ofAddress } = config;
  return [
    ...parts,
    {
      provide: DeviceLimits,
      inject: [RouteSettings],
      useFactory: ({ cities }: RouteSettings) => new DeviceLimits({ ofDevice, ofAddress }, cities),
    },
    {
      provide: DeviceDoubts,
      inject: [DeviceProofs],
      // Dishub's administrators say how controllers of lamps prove themselves
      useFactory: (proofs: DeviceProofs) => new DeviceDoubts(proofs, 'dishub'),
    },
  ];
}
