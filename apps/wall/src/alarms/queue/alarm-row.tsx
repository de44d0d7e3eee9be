import { memo } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { affectedWords, kindWords } from '../alarm-text.ts';
import { SeverityMark } from '../severity-mark.tsx';
import type { Sending } from '../use-sendings.ts';
import { whereIs } from '../where.ts';
import { Who } from '../who.tsx';
import { isUnanswered, type QueuedAlarm } from './queue.ts';

interface RowProps {
  queued: QueuedAlarm;
  /** Shown in the panel. */
  shown: boolean;
  /** Marked as simulated, because others in the list are not. */
  tagged: boolean;
  sending: Sending | undefined;
  onOpen: (alarmId: string) => void;
}

/** One alarm: how grave, what, how long, where, how many below it, and who looks after it. */
export const AlarmRow = memo(function AlarmRow({ queued: { alarm }, shown, tagged, sending, onOpen }: RowProps) {
  const speech = useSpeech();
  const { text, format } = speech;
  const nowMs = useNow();
  const affected = affectedWords(alarm.affected, speech);
  return (
    <button
      type="button"
      className="alarm-row"
      data-severity={alarm.severity}
      data-unanswered={isUnanswered(alarm)}
      aria-pressed={shown}
      onClick={() => {
        onOpen(alarm.alarmId);
      }}
    >
      <SeverityMark severity={alarm.severity} />
      <span className="alarm-name">
        {tagged && <em className="tag">{text.simulationTag}</em>}
        {alarm.name} · {kindWords(alarm.kind, text)}
      </span>
      <span className="alarm-age">{format.duration(ageMs(alarm.sinceMs, nowMs))}</span>
      <span className="alarm-about">
        <b>{text.alarms.severities[alarm.severity]}</b> · {whereIs(alarm) ?? text.session.agencies[alarm.agency]}
      </span>
      <Owner alarm={alarm} sending={sending} />
      {affected !== '' && <span className="alarm-affected">{affected}</span>}
    </button>
  );
});

/** Who looks after it, or that nobody does; while a command is on its way, that. */
function Owner({ alarm, sending }: { alarm: QueuedAlarm['alarm']; sending: Sending | undefined }) {
  const { text, format } = useSpeech();
  const { assignee, acknowledgement, shelvedUntilMs } = alarm;
  if (sending?.state === 'sending') return <span className="alarm-owner">{text.alarms.sending}</span>;
  if (sending?.state === 'failed')
    return (
      <span className="alarm-owner" data-tone="attention">
        {text.alarms.notSent}
      </span>
    );
  if (shelvedUntilMs !== undefined)
    return <span className="alarm-owner">{text.alarms.shelvedUntil(format.time(shelvedUntilMs))}</span>;
  if (isUnanswered(alarm))
    return (
      <span className="alarm-owner" data-tone="attention">
        {text.alarms.unanswered}
      </span>
    );
  return (
    <span className="alarm-owner">
      <Who actor={assignee ?? acknowledgement?.by ?? ''} />
    </span>
  );
}
