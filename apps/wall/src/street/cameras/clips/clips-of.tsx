import '../view/picture.css';
import { KeepClip, ListClips, type InputOf } from '@siaga/contracts';
import { Video } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../../city/api.ts';
import { useAsked } from '../../../room/asked.ts';
import { useMay } from '../../../session/session-context.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import '../../work-orders/jobs.css';
import { KeepForm } from '../stills/keep-form.tsx';
import type { StillsAbout } from '../stills/stills-of.tsx';
import { ClipRow } from './clip-row.tsx';

/** As many as one looks through. */
const MOST = 20;
/** What is on its way is asked about so often. */
const LOOK_AGAIN_MS = 5000;

/** Of the same cameras or happenings as stills; `atMs`: the moment it is about, where that is known. */
export type ClipsAbout = StillsAbout & { atMs?: number | undefined };

/** Recordings that are kept, or on their way, and the way to keep one more; only for who may. */
export function ClipsOf(props: ClipsAbout) {
  return useMay()(ListClips) ? <Clips {...props} /> : null;
}

function Clips({ cameraId, about, place, atMs }: ClipsAbout) {
  const words = useSpeech().text.street.camera.clips;
  const may = useMay();
  const [isKeeping, setKeeping] = useState(false);
  const { answer, failure, again } = useAsked(
    useCallback(
      (signal: AbortSignal) => {
        const query: InputOf<typeof ListClips>['query'] = { limit: MOST, ...(about === undefined ? { cameraId } : { about }) }; // prettier-ignore
        return call(ListClips, { query }, { signal });
      },
      [cameraId, about],
    ),
  );
  const isWaiting = answer?.items.some(({ status }) => status === 'asked' || status === 'keeping') === true;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(again, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isWaiting, again]);
  return (
    <section className="stills">
      <h3>{words.title}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.none}</p>}
      {answer !== undefined && answer.items.length > 0 && (
        <ul className="job-rows" aria-label={words.title}>
          {answer.items.map((clip) => (
            <li key={clip.clipId}>
              <ClipRow clip={clip} onErased={again} />
            </li>
          ))}
        </ul>
      )}
      {may(KeepClip) && (
        <button
          type="button"
          aria-expanded={isKeeping}
          onClick={() => {
            setKeeping(!isKeeping);
          }}
        >
          <Video aria-hidden="true" /> {words.keepNow}
        </button>
      )}
      {isKeeping && (
        <KeepForm
          cameraId={cameraId}
          about={about}
          place={place}
          words={words}
          moment={{ atMs }}
          keep={(send, { cameraId: of, ...body }) => send(KeepClip, { params: { cameraId: of }, body })}
          onKept={() => {
            setKeeping(false);
            again();
          }}
        />
      )}
    </section>
  );
}
