import type { FootageRequest } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';
import { useCameraNames } from './camera-names.ts';
import { RecordingLink } from './recording-link.tsx';

/** Where what was approved is recorded; for who may hand it over. */
export function Recordings({
  request: { status, playback },
}: {
  request: Pick<FootageRequest, 'status' | 'playback'>;
}) {
  const words = useSpeech().text.footage;
  const names = useCameraNames((playback ?? []).map(({ cameraId }) => cameraId));
  if (playback === undefined || status === 'requested' || status === 'refused') return null;
  return (
    <section className="footage-recordings" aria-label={words.recordings}>
      <h3>{words.recordings}</h3>
      {playback.length === 0 && <p className="third">{words.noRecordings}</p>}
      <ul>
        {playback.map(({ cameraId, url }, at) => (
          <li key={cameraId}>
            <RecordingLink url={url}>{words.recordingOf(names[at] ?? cameraId)}</RecordingLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
