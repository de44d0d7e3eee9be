import type { Provider, Type } from '@nestjs/common';
import { cameraRoutes, linkRoutes } from '@siaga/contracts';
import type { StreetConfig } from '../config.ts';
import { linkKind } from '../links/link-kind.ts';
import { registerController } from '../register/register.controller.ts';
import { cameraKind } from './camera-kind.ts';
import { CameraCredentials } from './credentials.ts';
import { CredentialsController } from './credentials.controller.ts';
import { Seal } from './seal.ts';

/** What the street service is made of for cameras. */
export const cameraControllers: readonly Type[] = [
  registerController(cameraRoutes, cameraKind),
  registerController(linkRoutes, linkKind),
  CredentialsController,
];

export const cameraProviders: readonly Type[] = [CameraCredentials];

/** What the environment says. */
export const cameraSettings = ({ SIAGA_SECRET }: StreetConfig): Provider[] => [
  { provide: Seal, useValue: new Seal(SIAGA_SECRET ?? []) },
];
