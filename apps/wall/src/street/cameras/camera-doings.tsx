import { RequestFootage, ViewCamera } from '@siaga/contracts';
import { Eye, FileVideo, Info, LayoutGrid } from 'lucide-react';
import { WhoSaw } from '../../audit/who-saw.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CAMERA, CAMERAS_PATH, CAMERAS_WINDOW, FOOTAGE, WATCH } from '../kinds.ts';

interface CameraDoingsProps {
  cameraId: string;
  /** Whether its picture is what one comes from. */
  watched?: 'now';
}

/** From a camera to its picture or what is known of it, to the grid, and to who watched it. */
export function CameraDoings({ cameraId, watched }: CameraDoingsProps) {
  const { text } = useSpeech();
  const { view: words } = text.street.camera;
  const { show, canShow } = useFocus();
  const may = useMay();
  const mayWatch = may(ViewCamera);
  return (
    <>
      <div className="doings">
        {mayWatch && watched === undefined && (
          <button
            type="button"
            className="strong"
            onClick={() => {
              show(WATCH, cameraId);
            }}
          >
            <Eye aria-hidden="true" /> {words.watch}
          </button>
        )}
        {watched === 'now' && (
          <button
            type="button"
            onClick={() => {
              show(CAMERA, cameraId);
            }}
          >
            <Info aria-hidden="true" /> {words.about}
          </button>
        )}
        {mayWatch && location.pathname !== CAMERAS_PATH && (
          <a className="button" href={CAMERAS_PATH} target={CAMERAS_WINDOW}>
            <LayoutGrid aria-hidden="true" /> {words.grid}
          </a>
        )}
        {may(RequestFootage) && canShow(FOOTAGE) && (
          <button
            type="button"
            onClick={() => {
              show(FOOTAGE, `new/${cameraId}`);
            }}
          >
            <FileVideo aria-hidden="true" /> {text.footage.ask}
          </button>
        )}
      </div>
      <WhoSaw subject={`camera:${cameraId}`} />
    </>
  );
}
