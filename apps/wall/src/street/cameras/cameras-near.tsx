import { ListCamerasNear, type AnswerOf, type Place } from '@siaga/contracts';
import { Eye } from 'lucide-react';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { WATCH } from '../kinds.ts';

/** As many as one looks through before going there. */
const MOST = 5;

type CameraNear = AnswerOf<typeof ListCamerasNear>['items'][number];

interface CamerasNearProps {
  place: Place;
  /** The camera it is about: that it stands there helps nobody. */
  except?: string | undefined;
}

/** The cameras for a place: what sees it first, one press from its picture. Only for who may watch. */
export function CamerasNear({ place: { lat, lng }, except }: CamerasNearProps) {
  const { text } = useSpeech();
  const { near: words } = text.street.camera;
  const { answer, failure } = useAsked(
    useCallback(
      (signal: AbortSignal) => call(ListCamerasNear, { query: { lat, lng, limit: MOST + 1 } }, { signal }),
      [lat, lng],
    ),
  );
  const items = answer?.items.filter(({ cameraId }) => cameraId !== except).slice(0, MOST);
  return (
    <section className="cameras-near">
      <h3>{words.title}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer === undefined && failure === undefined && <p className="third">{text.loading}</p>}
      {items?.length === 0 && <p className="third">{words.none}</p>}
      <ul>
        {items?.map((camera) => (
          <li key={camera.cameraId}>
            <NearCamera camera={camera} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NearCameraProps {
  camera: Pick<CameraNear, 'cameraId' | 'name' | 'sees' | 'distanceM' | 'health'>;
}

/** One camera for a place, one press from its picture. */
export function NearCamera({ camera: { cameraId, name, sees, distanceM, health } }: NearCameraProps) {
  const { text, format } = useSpeech();
  const { near: words, health: healths } = text.street.camera;
  const { show } = useFocus();
  const isDown = health !== 'live' && health !== 'unchecked';
  return (
    <button
      type="button"
      className="near-camera"
      data-sees={sees}
      onClick={() => {
        show(WATCH, cameraId);
      }}
    >
      <Eye aria-hidden="true" />
      <span className="near-name">{name}</span>
      <span className="near-about">
        {words.sees[sees]} · {words.far(format.number(Math.round(distanceM)))}
        {isDown && <em data-tone="attention"> · {healths[health]}</em>}
      </span>
    </button>
  );
}
