import type { CameraPurpose } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { useFocus } from '../../../room/focus.tsx';
import { useKeys, type KeyMap } from '../../../room/keys.ts';
import { useSpeech } from '../../../text/speech.tsx';
import { CAMERA } from '../../kinds.ts';
import type { SeenCamera } from '../seen-cameras.ts';
import { CameraPicture } from '../view/camera-picture.tsx';
import '../view/picture.css';
import { GridBar, type Turning } from './grid-bar.tsx';
import { gridSizes, shownIn, turnsOf, type GridSize, type Rotation } from './rotation.ts';
import { useRotation } from './use-rotation.ts';

/** Many pictures at once are asked for less often each: together they share one radio link. */
const everyMs: Readonly<Record<GridSize, number>> = { 1: 1500, 4: 3000, 9: 5000 };

interface CameraGridProps {
  cameras: readonly SeenCamera[];
  purposes: ReadonlyMap<string, CameraPurpose>;
}

/** So many cameras side by side, the next ones every so often; held by hand. */
export function CameraGrid({ cameras, purposes }: CameraGridProps) {
  const { text } = useSpeech();
  const { view: words } = text.street.camera;
  const { show } = useFocus();
  const [size, setSize] = useState<GridSize>(4);
  const [everyS, setEveryS] = useState<Rotation>(20);
  const [isPaused, setPaused] = useState(false);
  const turns = turnsOf(cameras.length, size);
  const { turn, step } = useRotation({ everyS, isPaused: isPaused || turns === 1 });
  const turning: Turning = { ...{ size, setSize, everyS, setEveryS, isPaused, setPaused, turn, turns, step } };
  useGridKeys(turning);
  return (
    <>
      <GridBar turning={turning} />
      <ul className="camera-grid" data-size={size} aria-label={words.gridTitle}>
        {shownIn(cameras, size, turn).map(({ camera: { cameraId, name }, health, exercise }) => (
          <li key={cameraId}>
            <CameraPicture
              cameraId={cameraId}
              name={name}
              purpose={purposes.get(cameraId)}
              health={health}
              everyMs={everyMs[size]}
            />
            {exercise && <em className="tag">{text.simulationTag}</em>}
            <button
              type="button"
              className="grid-about"
              onClick={() => {
                show(CAMERA, cameraId);
              }}
            >
              {words.aboutOf(name)}
            </button>
          </li>
        ))}
      </ul>
      <p className="third">{words.written}</p>
    </>
  );
}

/** `1` `4` `9` for how many, `p` to hold, arrows for the next and the last ones. */
function useGridKeys({ setSize, setPaused, step }: Turning): void {
  const keys = useMemo(
    (): KeyMap => ({
      ...Object.fromEntries(
        gridSizes.map((size) => [
          String(size),
          () => {
            setSize(size);
          },
        ]),
      ),
      p: () => {
        setPaused((before) => !before);
      },
      ArrowRight: () => {
        step(1);
      },
      ArrowLeft: () => {
        step(-1);
      },
    }),
    [setSize, setPaused, step],
  );
  useKeys(keys);
}
