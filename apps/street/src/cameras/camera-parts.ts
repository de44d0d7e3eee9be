import type { Provider, Type } from '@nestjs/common';
import { cameraRoutes, linkRoutes } from '@siaga/contracts';
import type { StreetConfig } from '../config.ts';
import { linkKind } from '../links/link-kind.ts';
import { OutsideNames, type OutsideName } from '../register/outside-names.ts';
import { registerController } from '../register/register.controller.ts';
import { cameraKind } from './camera-kind.ts';
import { CameraCredentials } from './credentials.ts';
import { CredentialsController } from './credentials.controller.ts';
import { clips } from './footage/clip-document.ts';
import { ClipCopies } from './footage/clip-copies.ts';
import { ClipsController } from './footage/clips.controller.ts';
import { ClipsStore } from './footage/clips.store.ts';
import { EraseTimer } from './footage/erase-timer.ts';
import { FootageClearing } from './footage/footage-clearing.ts';
import { FootageController } from './footage/footage.controller.ts';
import { footage } from './footage/footage-document.ts';
import { FootageStore } from './footage/footage.store.ts';
import { StillsController } from './footage/stills.controller.ts';
import { stills } from './footage/still-document.ts';
import { StillsStore } from './footage/stills.store.ts';
import { MediaClient } from './media/media-client.ts';
import { MediaController } from './media/media.controller.ts';
import { MediaDoor } from './media/media-door.ts';
import { MEDIA_SERVERS, refusalOfStream } from './media/media-servers.ts';
import { ViewTickets } from './media/view-tickets.ts';
import { Views } from './media/views.ts';
import { CameraProbe } from './probe/camera-probe.ts';
import { CameraReach, portsIn } from './probe/camera-reach.ts';
import { PictureReader } from './probe/picture-reader.ts';
import { ProbeController } from './probe/probe.controller.ts';
import { Seal } from './seal.ts';
import { NearController } from './view/near.controller.ts';
import { SharedStills } from './view/shared-stills.ts';
import { ViewController } from './view/view.controller.ts';
import { CameraStatesProjection } from './watch/camera-states.projection.ts';
import { CAMERA_PACE, CameraWatch } from './watch/camera-watch.ts';
import { CameraTimer } from './watch/camera-timer.ts';
import { FedCameras } from './watch/fed-cameras.ts';
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
  ViewController,
  MediaController,
  StillsController,
  ClipsController,
  FootageController,
];

/** Beside those of the registers. */
export const cameraCollections = [cameraStates, linkStates, stills, clips, footage];

export const cameraProviders: readonly Type[] = [
  CameraCredentials,
  CameraProbe,
  CameraTimer,
  CameraWatch,
  ClipCopies,
  ClipsStore,
  EraseTimer,
  FedCameras,
  FootageClearing,
  FootageStore,
  LinkWatch,
  MediaClient,
  MediaDoor,
  SharedStills,
  StillsStore,
  ViewTickets,
  Views,
  Watermark,
];

/** What the environment says. */
export const cameraSettings = (config: StreetConfig): Provider[] => {
  const ownPorts = [config.MONGODB_URI, config.KAFKA_BROKERS].flatMap(portsIn);
  const servers = config.MEDIA_SERVERS ?? [];
  const streams: OutsideName = {
    ...{ kind: cameraKind.name, field: 'mediaStream' },
    refusalOf: (named, city) => refusalOfStream(named, city, servers),
  };
  return [
    { provide: Seal, useValue: new Seal(config.SIAGA_SECRET ?? []) },
    { provide: PictureReader, useFactory: () => new PictureReader() },
    { provide: MEDIA_SERVERS, useValue: servers },
    { provide: OutsideNames, useValue: new OutsideNames([streams]) },
    { provide: CAMERA_PACE, useValue: paceOf(config.CAMERA_WATCH_SECONDS * 1000) },
    { provide: CameraReach, useValue: new CameraReach(config.CAMERA_NETWORKS, ownPorts) },
  ];
};
