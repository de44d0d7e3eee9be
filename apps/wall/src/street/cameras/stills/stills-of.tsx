import '../view/picture.css';
import { KeepStill, ListStills, type InputOf, type Place } from '@siaga/contracts';
import { Camera } from 'lucide-react';
import { useCallback, useState } from 'react';
import { call } from '../../../city/api.ts';
import { useAsked } from '../../../room/asked.ts';
import { useMay } from '../../../session/session-context.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import '../../work-orders/jobs.css';
import { KeepForm } from './keep-form.tsx';
import { StillRow } from './still-row.tsx';

/** As many as one looks through. */
const MOST = 20;

/** Stills of one camera, or those for one alarm and where it is. */
export type StillsAbout =
  | { cameraId: string; about?: undefined; place?: undefined }
  | { cameraId?: string | undefined; about: string; place?: Place | undefined };

/** Stills that are kept, and the way to keep one more; only for who may. */
export function StillsOf(props: StillsAbout) {
  return useMay()(ListStills) ? <Stills {...props} /> : null;
}

function Stills({ cameraId, about, place }: StillsAbout) {
  const words = useSpeech().text.street.camera.stills;
  const may = useMay();
  const [isKeeping, setKeeping] = useState(false);
  const { answer, failure, again } = useAsked(
    useCallback(
      (signal: AbortSignal) => {
        const query: InputOf<typeof ListStills>['query'] = { limit: MOST, ...(about === undefined ? { cameraId } : { about }) }; // prettier-ignore
        return call(ListStills, { query }, { signal });
      },
      [cameraId, about],
    ),
  );
  return (
    <section className="stills">
      <h3>{words.title}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.none}</p>}
      {answer !== undefined && answer.items.length > 0 && (
        <ul className="job-rows" aria-label={words.title}>
          {answer.items.map((still) => (
            <li key={still.stillId}>
              <StillRow still={still} onErased={again} />
            </li>
          ))}
        </ul>
      )}
      {may(KeepStill) && (
        <button
          type="button"
          aria-expanded={isKeeping}
          onClick={() => {
            setKeeping(!isKeeping);
          }}
        >
          <Camera aria-hidden="true" /> {words.keepNow}
        </button>
      )}
      {isKeeping && (
        <KeepForm
          cameraId={cameraId}
          about={about}
          place={place}
          words={words}
          keep={(send, { cameraId: of, ...body }) => send(KeepStill, { params: { cameraId: of }, body })}
          onKept={() => {
            setKeeping(false);
            again();
          }}
        />
      )}
    </section>
  );
}
