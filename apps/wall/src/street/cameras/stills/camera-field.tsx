import { CameraRegistered, type Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { useId, useMemo } from 'react';
import { useLatest } from '../../../link/use-live.ts';
import { useSpeech } from '../../../text/speech.tsx';

interface CameraFieldProps {
  cameraId: string;
  place: Place | undefined;
  onChoose: (cameraId: string) => void;
}

/** One camera, the nearest to a place first. */
export function CameraField({ cameraId, place, onChoose }: CameraFieldProps) {
  const words = useSpeech().text.street.camera.stills;
  const id = useId();
  const known = useLatest(CameraRegistered);
  const cameras = useMemo(() => {
    const far = (camera: CameraRegistered) => (place === undefined ? 0 : distanceM(place, camera.place));
    return Array.from(known.values(), ({ data }) => data).sort((one, other) => far(one) - far(other) || one.name.localeCompare(other.name)); // prettier-ignore
  }, [known, place]);
  return (
    <div className="field">
      <label htmlFor={id}>{words.camera}</label>
      <select
        id={id}
        required
        value={cameraId}
        onChange={({ target }) => {
          onChoose(target.value);
        }}
      >
        <option value="">{words.choose}</option>
        {cameras.map((camera) => (
          <option key={camera.cameraId} value={camera.cameraId}>
            {camera.name}
          </option>
        ))}
      </select>
    </div>
  );
}
