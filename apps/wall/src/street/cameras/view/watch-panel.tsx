import { cameraRoutes } from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../../city/api.ts';
import { useAsked } from '../../../room/asked.ts';
import { Panel } from '../../../room/panel.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import { CameraDoings } from '../camera-doings.tsx';
import { useStreet } from '../../street-context.tsx';
import { PicturesOf } from '../pictures-of.tsx';
import { CameraPicture } from './camera-picture.tsx';
import './picture.css';

/** One still every so often: a face of a junction changes slowly, and a radio link has little room. */
const EVERY_MS = 2000;

/** One camera, watched. */
export default function WatchPanel({ focusKey: cameraId }: { focusKey: string }) {
  const { text } = useSpeech();
  const { cameras } = useStreet();
  const seen = cameras.find(({ camera }) => camera.cameraId === cameraId);
  const ask = useCallback(
    (signal: AbortSignal) => call(cameraRoutes.get, { params: { cameraId } }, { signal }),
    [cameraId],
  );
  const { answer } = useAsked(ask);
  const name = answer?.name ?? seen?.camera.name ?? cameraId;
  return (
    <Panel title={name}>
      <CameraPicture
        key={cameraId}
        cameraId={cameraId}
        name={name}
        purpose={answer?.purpose}
        health={seen?.health}
        everyMs={EVERY_MS}
      />
      <p className="third">{text.street.camera.view.written}</p>
      <CameraDoings cameraId={cameraId} watched="now" />
      <PicturesOf cameraId={cameraId} />
    </Panel>
  );
}
