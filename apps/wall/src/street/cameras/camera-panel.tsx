import { kelurahanAt } from '@siaga/geo';
import { Panel } from '../../room/panel.tsx';
import { detailIn } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Facts } from '../facts.tsx';
import { CAMERA } from '../kinds.ts';
import { ShowOnMap } from '../show-on-map.tsx';
import { Ago } from '../since.tsx';
import { useStreet } from '../street-context.tsx';
import { CameraDoings } from './camera-doings.tsx';
import type { SeenCamera } from './seen-cameras.ts';
import { PicturesOf } from './pictures-of.tsx';

/** One camera: whether it shows its picture, if not why and since when, and when the last good one came. */
export default function CameraPanel({ focusKey: cameraId }: { focusKey: string }) {
  const { text } = useSpeech();
  const { cameras } = useStreet();
  const seen = cameras.find(({ camera }) => camera.cameraId === cameraId);
  return (
    <Panel
      title={
        <>
          {seen?.camera.name ?? cameraId}
          {seen?.exercise === true && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      {seen === undefined ? <p>{text.street.camera.gone}</p> : <CameraNow seen={seen} />}
    </Panel>
  );
}

function CameraNow({ seen: { camera, state, health, old } }: { seen: SeenCamera }) {
  const { language, text, format } = useSpeech();
  const words = text.street.camera;
  const { directionDeg, fieldOfViewDeg, rangeM } = camera;
  const down = health !== 'live' && health !== 'unchecked';
  return (
    <>
      <p className="street-now" data-look={down ? 'dark' : health}>
        <strong>{words.health[health]}</strong>
        {state !== undefined && (
          <span>
            {text.street.since} <Ago atMs={state.sinceMs} />
          </span>
        )}
      </p>
      <p className="third">{words.healthMeans[health]}</p>
      {old && state !== undefined && (
        <p data-tone="attention">
          {text.street.oldNews} <Ago atMs={state.checkedAtMs} />
        </p>
      )}
      <Facts
        facts={[
          down && [
            words.lastPicture,
            state?.lastPictureAtMs === undefined ? words.noPictureYet : <Ago key="last" atMs={state.lastPictureAtMs} />,
          ],
          state !== undefined && [words.checked, <Ago key="checked" atMs={state.checkedAtMs} />],
          state?.detail !== undefined && [words.detail, detailIn(state.detail, language)],
          [words.owner, text.session.agencies[camera.owner]],
          [text.street.kelurahan, kelurahanAt(camera.place)?.name ?? text.outsideCity],
          [
            words.looks,
            directionDeg === undefined || fieldOfViewDeg === undefined
              ? words.looksUnknown
              : words.looksTo(format.number(directionDeg), format.number(fieldOfViewDeg)),
          ],
          rangeM !== undefined && [words.range, `± ${format.number(rangeM)} m`],
          camera.linkId !== undefined && [words.link, camera.linkId],
        ]}
      />
      <ShowOnMap
        place={camera.place}
        thing={{ kind: CAMERA, key: camera.cameraId }}
        guess={camera.approximate === true ? text.approximate : undefined}
      />
      <CameraDoings cameraId={camera.cameraId} />
      <PicturesOf cameraId={camera.cameraId} />
    </>
  );
}
