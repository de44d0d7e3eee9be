import { BurstRecorded, GetRecordingAudio, ListRecordings, type Recording } from '@siaga/contracts';
import { useCallback } from 'react';
import { useWho } from '../alarms/who.tsx';
import { call } from '../city/api.ts';
import { useEvery, useNow } from '../link/use-live.ts';
import { useAsked } from '../room/asked.ts';
import { useSpeech } from '../text/speech.tsx';

/** What was said in a group last, at most so many: heard again with one press. */
export function Recordings({ groupId, most }: { groupId: string; most: number }) {
  const words = useSpeech().text.talk;
  const ask = useCallback(
    (signal: AbortSignal) => call(ListRecordings, { query: { groupId, limit: most } }, { signal }),
    [groupId, most],
  );
  const { answer, failure, again } = useAsked(ask);
  useEvery(BurstRecorded, (burst) => {
    if (burst.groupId === groupId) again();
  });
  return (
    <section className="part">
      <h3>{words.recordings}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.nothingSaid}</p>}
      <ul className="talk-recordings">
        {answer?.items.map((recording) => (
          <li key={recording.recordingId}>
            <Said recording={recording} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ recording }: { recording: Recording }) {
  const { text, format } = useSpeech();
  const words = text.talk;
  const who = useWho(recording.principalId);
  const { recordingId, startedAtMs, durationMs, holes, isCutOff, isEmergency } = recording;
  const missingMs = holes.reduce((sum, { forMs }) => sum + forMs, 0);
  const marks = [
    isEmergency && words.wasEmergency,
    missingMs > 0 && words.missing(format.duration(missingMs)),
    isCutOff === true && words.cutOff,
  ].filter(Boolean);
  return (
    <>
      <span>{[who, format.moment(startedAtMs, useNow()), format.duration(durationMs), ...marks].join(' · ')}</span>
      <audio
        controls
        preload="none"
        aria-label={`${words.replay}: ${who} ${format.time(startedAtMs)}`}
        src={GetRecordingAudio.path.replace(':recordingId', recordingId)}
      />
    </>
  );
}
