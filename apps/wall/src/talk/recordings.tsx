import {
  beginOfDay,
  BurstRecorded,
  dayAfter,
  dayAt,
  GetRecordingAudio,
  ListRecordings,
  type Recording,
} from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { useWho, Who } from '../alarms/who.tsx';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useEvery, useNow } from '../link/use-live.ts';
import { useAsked } from '../room/asked.ts';
import { Choice } from '../room/choice.tsx';
import { Field } from '../room/field.tsx';
import { useSpeech } from '../text/speech.tsx';
import './talk.css';

/** A day of a group has no more bursts; what is beyond it is asked for by program. */
const MOST_OF_DAY = 1000;
const EVERYBODY = '';

interface Wanted {
  groupId: string;
  limit: number;
  fromMs?: number;
  toMs?: number;
}

/** What was said in a group, last first, and what is said from now on. */
export function useRecordings({ groupId, limit, fromMs, toMs }: Wanted) {
  const ask = useCallback(
    (signal: AbortSignal) => {
      const within = { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
      return call(ListRecordings, { query: { groupId, limit, ...within } }, { signal });
    },
    [groupId, limit, fromMs, toMs],
  );
  const { answer, failure, again } = useAsked(ask);
  useEvery(BurstRecorded, (burst) => {
    if (burst.groupId === groupId) again();
  });
  return { recordings: answer?.items, failure };
}

/** What was said in a group last, at most so many: heard again with one press. */
export function Recordings({ groupId, most }: { groupId: string; most: number }) {
  const words = useSpeech().text.talk;
  const { recordings, failure } = useRecordings({ groupId, limit: most });
  return (
    <section className="part">
      <h3>{words.recordings}</h3>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {recordings?.length === 0 && <p className="third">{words.nothingSaid}</p>}
      <RecordingRows recordings={recordings} />
    </section>
  );
}

/** A day of a group, found again. */
export function RecordingsOfDay({ groupId }: { groupId: string }) {
  const words = useSpeech().text.talk;
  const { timezone } = useCity().city;
  const today = dayAt(useNow(), timezone);
  const [day, setDay] = useState('');
  return (
    <details>
      <summary>{words.ofDay}</summary>
      <Field
        label={words.day}
        type="date"
        max={today}
        value={day}
        onChange={({ target }) => {
          setDay(target.value);
        }}
      />
      {day !== '' && (
        <Day
          key={day}
          groupId={groupId}
          fromMs={beginOfDay(day, timezone)}
          toMs={beginOfDay(dayAfter(day, 1), timezone)}
        />
      )}
    </details>
  );
}

function Day({ groupId, fromMs, toMs }: { groupId: string; fromMs: number; toMs: number }) {
  const words = useSpeech().text.talk;
  const { recordings, failure } = useRecordings({ groupId, limit: MOST_OF_DAY, fromMs, toMs });
  const [whose, setWhose] = useState(EVERYBODY);
  const people = [...new Set(recordings?.map(({ principalId }) => principalId))];
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {recordings?.length === 0 && <p className="third">{words.nothingThatDay}</p>}
      {people.length > 1 && (
        <Choice label={words.whoSaid} wraps options={[EVERYBODY, ...people]} chosen={whose} onChoose={setWhose}>
          {(principalId) => (principalId === EVERYBODY ? words.everybody : <Who actor={principalId} />)}
        </Choice>
      )}
      <RecordingRows
        recordings={recordings?.filter(({ principalId }) => whose === EVERYBODY || principalId === whose)}
      />
    </>
  );
}

function RecordingRows({ recordings }: { recordings: readonly Recording[] | undefined }) {
  return (
    <ul className="talk-recordings">
      {recordings?.map((recording) => (
        <li key={recording.recordingId}>
          <Said recording={recording} />
        </li>
      ))}
    </ul>
  );
}

/** One of them: who, when, how long, what is missing, and its sound. */
export function Said({ recording }: { recording: Recording }) {
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
