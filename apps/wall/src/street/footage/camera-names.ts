import { CameraRegistered } from '@siaga/contracts';
import { useLatest } from '../../link/use-live.ts';

/** Names of cameras by their ids; the id of one that is registered no more. */
export function useCameraNames(cameraIds: readonly string[]): readonly string[] {
  const cameras = useLatest(CameraRegistered);
  return cameraIds.map((cameraId) => cameras.get(cameraId)?.data.name ?? cameraId);
}
