import { cameraKind } from './cameras/camera-kind.ts';
import { controllerKind } from './controllers/controller-kind.ts';
import { billKind } from './energy/bill-kind.ts';
import { readingKind } from './energy/reading-kind.ts';
import { feederKind } from './feeders/feeder-kind.ts';
import { lampKind } from './lamps/lamp-kind.ts';
import { linkKind } from './links/link-kind.ts';
import { panelKind } from './panels/panel-kind.ts';
import type { Kind } from './register/kind.ts';

/** Every register of the service, what belongs to others before those it belongs to. */
export const kinds: readonly Kind[] = [
  cameraKind,
  linkKind,
  controllerKind,
  lampKind,
  readingKind,
  panelKind,
  feederKind,
  billKind,
];
