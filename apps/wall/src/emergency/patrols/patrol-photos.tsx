import { GetPatrol, GetPatrolPhoto } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../../city/api.ts';
import { useAsked } from '../../room/asked.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';

const askOf =
  ({ patrolId }: { patrolId: string; photos: number }) =>
  (signal: AbortSignal) =>
    call(GetPatrol, { params: { patrolId } }, { signal });

/** What a squad photographed on its round, for who may see it; looking is written down. */
export function PatrolPhotos({ patrolId, photos }: { patrolId: string; photos: number }) {
  const { text, format } = useSpeech();
  const { answer, failure } = useAsked(useMemo(() => askOf({ patrolId, photos }), [patrolId, photos]));
  if (!useMay()(GetPatrolPhoto)) return null;
  return (
    <div className="patrol-photos">
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.photos.map(({ hash, atMs }) => (
        <img
          key={hash}
          loading="lazy"
          alt={`${text.patrol.photoOf} ${format.time(atMs)}`}
          src={`/api/emergency/patrols/${patrolId}/photos/${hash}`}
        />
      ))}
    </div>
  );
}
