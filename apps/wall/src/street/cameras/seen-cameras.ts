import { CameraStateChanged, type CameraHealth, type CameraRegistered } from '@siaga/contracts';
import { isFresh } from '../../link/age.ts';

/** A camera as one screen sees it at one moment. */
export interface SeenCamera {
  camera: CameraRegistered;
  state: CameraStateChanged | undefined;
  /** `unchecked` also before anybody said anything. */
  health: CameraHealth;
  /** Nobody has looked for longer than should be: drawn as old. */
  old: boolean;
  exercise: boolean;
}

type Items<Data> = ReadonlyMap<string, { data: Data; exercise: boolean }>;

/** Every registered camera with how it is, those that show something wrong first, then by name. */
export function seeCameras(
  registered: Items<CameraRegistered>,
  states: Items<CameraStateChanged>,
  nowMs: number,
): readonly SeenCamera[] {
  return [...registered.values()]
    .map(({ data: camera, exercise }): SeenCamera => {
      const state = states.get(camera.cameraId)?.data;
      const health = state?.health ?? 'unchecked';
      const old = state !== undefined && !isFresh(CameraStateChanged, state.checkedAtMs, nowMs);
      return { camera, state, health, old, exercise };
    })
    .sort((a, b) => order[a.health] - order[b.health] || a.camera.name.localeCompare(b.camera.name));
}

const order: Record<CameraHealth, number> = {
  unreachable: 0,
  refused: 1,
  'no-stream': 2,
  black: 3,
  frozen: 4,
  unchecked: 5,
  live: 6,
};

/** Cameras by what they show; old news counts as nothing but old. */
export interface CameraCounts {
  registered: number;
  live: number;
  /** No picture, a black one, or one that stands still. */
  down: number;
  unchecked: number;
  old: number;
}

export function countCameras(cameras: readonly SeenCamera[]): CameraCounts {
  const counts = { registered: cameras.length, live: 0, down: 0, unchecked: 0, old: 0 };
  for (const { health, old } of cameras) {
    if (health === 'unchecked') counts.unchecked += 1;
    else if (old) counts.old += 1;
    else if (health === 'live') counts.live += 1;
    else counts.down += 1;
  }
  return counts;
}
