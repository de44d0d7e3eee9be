import { CameraRegistered } from '@siaga/contracts';
import { X } from 'lucide-react';
import { useId } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';

/** One request names no more. */
const MOST = 10;

interface CamerasFieldProps {
  cameraIds: readonly string[];
  onChoose: (cameraIds: readonly string[]) => void;
}

/** Some cameras of one agency: those of others are not offered once there is one. */
export function CamerasField({ cameraIds, onChoose }: CamerasFieldProps) {
  const words = useSpeech().text.footage;
  const id = useId();
  const known = useLatest(CameraRegistered);
  const owner = known.get(cameraIds[0] ?? '')?.data.owner;
  const nameOf = (cameraId: string) => known.get(cameraId)?.data.name ?? cameraId;
  const offered = [...known.values()]
    .map(({ data }) => data)
    .filter((camera) => !cameraIds.includes(camera.cameraId) && (owner === undefined || camera.owner === owner))
    .sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true }));
  return (
    <div className="field">
      <label htmlFor={id}>{cameraIds.length === 0 ? words.cameras : words.addCamera}</label>
      {cameraIds.length > 0 && (
        <ul className="chosen-cameras" aria-label={words.cameras}>
          {cameraIds.map((cameraId) => (
            <li key={cameraId}>
              {nameOf(cameraId)}
              <button
                type="button"
                className="quiet"
                aria-label={words.leaveOut(nameOf(cameraId))}
                onClick={() => {
                  onChoose(cameraIds.filter((one) => one !== cameraId));
                }}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        disabled={cameraIds.length >= MOST}
        value=""
        onChange={({ target }) => {
          onChoose([...cameraIds, target.value]);
        }}
      >
        <option value="">{words.chooseCamera}</option>
        {offered.map(({ cameraId, name }) => (
          <option key={cameraId} value={cameraId}>
            {name}
          </option>
        ))}
      </select>
      <p className="field-hint" id={`${id}-hint`}>
        {words.sameOwner}
      </p>
    </div>
  );
}
