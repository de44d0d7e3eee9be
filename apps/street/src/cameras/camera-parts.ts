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
import { NearController } from './view/near.controller.ts';
import { ViewController } from './view/view.controller.ts';
import { CameraStatesProjection } from './watch/camera-states.projection.ts';
import { CAMERA_PACE, CameraWatch } from './watch/camera-watch.ts';
import { CameraTimer } from './watch/camera-timer.ts';
import { FedCameras, FedCamerasProjection } from './watch/fed-cameras.ts';
import { LinkWatch } from './watch/link-watch.ts';
import { cameraStates, linkStates } from './watch/state-documents.ts';
import { paceOf } from './watch/watch-rules.ts';
import { Watermark } from './watermark.ts';

/** What the street service is made of for cameras. */
export const cameraControllers: readonly Type[] = [
  // before the register: its path is one of them
  NearController,
  registerController(cameraRoutes, cameraKind),
  registerController(linkRoutes, linkKind),
  CredentialsController,
  ProbeController,
  CameraStatesProjection,
  FedCamerasProjection,
  ViewController,
];

/** Beside those of the registers. */
export const cameraCollections = [cameraStates, linkStates];

export const cameraProviders: readonly Type[] = [
  CameraCredentials,
  CameraProbe,
  CameraTimer,
  CameraWatch,
  FedCameras,
  LinkWatch,
  Watermark,
];

/** What the environment says. */
export const cameraSettings = (config: StreetConfig): Provider[] => {
  const ownPorts = [config.MONGODB_URI, config.KAFKA_BROKERS].flatMap(portsIn);
  return [
    { provide: Seal, useValue: new Seal(config.SIAGA_SECRET ?? []) },
    { provide: CAMERA_PACE, useValue: paceOf(config.CAMERA_WATCH_SECONDS * 1000) },
    { provide: CameraReach, useValue: new CameraReach(config.CAMERA_NETWORKS, ownPorts) },
  ];
};
