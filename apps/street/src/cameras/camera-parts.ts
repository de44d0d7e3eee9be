import type { Provider, Type } from '@nestjs/common';
import { cameraRoutes, linkRoutes } from '@siaga/contracts';
import type { StreetConfig } from '../config.ts';
import { linkKind } from '../links/link-kind.ts';
import { registerController } from '../register/register.controller.ts';
import { cameraKind } from './camera-kind.ts';
import { CameraCredentials } from './credentials.ts';
import { CredentialsController } from './credentials.controller.ts';
import { CameraProbe } from './probe/camera-probe.ts';
import { CameraReach, portsIn } from './probe/camera-reach.ts';
import { ProbeController } from './probe/probe.controller.ts';
import { Seal } from './seal.ts';
import { Watermark } from './watermark.ts';

/** What the street service is made of for cameras. */
export const cameraControllers: readonly Type[] = [
  registerController(cameraRoutes, cameraKind),
  registerController(linkRoutes, linkKind),
  CredentialsController,
  ProbeController,
];

export const cameraProviders: readonly Type[] = [CameraCredentials, CameraProbe, Watermark];

/** What the environment says. */
export const cameraSettings = (config: StreetConfig): Provider[] => {
  const ownPorts = [config.MONGODB_URI, config.KAFKA_BROKERS].flatMap(portsIn);
  return [
    { provide: Seal, useValue: new Seal(config.SIAGA_SECRET ?? []) },
    { provide: CameraReach, useValue: new CameraReach(config.CAMERA_NETWORKS, ownPorts) },
  ];
};
