import type { AlarmChanged } from '@siaga/contracts';
import type { ReactNode } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { affectedWords } from '../alarm-text.ts';
import { isUnanswered } from '../queue/queue.ts';
import { kelurahanOf } from '../where.ts';
import { Who } from '../who.tsx';

/** An alarm as a board of names and values; what is not so is not there. */
export function AlarmFacts({ alarm }: { alarm: AlarmChanged }) {
  const speech = useSpeech();
  const { text, format } = speech;
  const { alarms: words } = text;
  const nowMs = useNow();
  const moment = (atMs: number) => format.moment(atMs, nowMs);
  const { acknowledgement, assignee, clearedAtMs, shelvedUntilMs } = alarm;
  const lasted = format.duration(ageMs(alarm.sinceMs, clearedAtMs ?? nowMs));
  return (
    <dl className="facts">
      <Fact name={words.since}>{words.sinceValue(moment(alarm.sinceMs), lasted)}</Fact>
      <Fact name={words.over}>
        {clearedAtMs !== undefined &&
          (alarm.clearedBy === 'absorbed' ? words.overAbsorbed(moment(clearedAtMs)) : moment(clearedAtMs))}
      </Fact>
      <Fact name={words.basis}>{words.bases[alarm.basis]}</Fact>
      <Fact name={words.whose}>{text.session.agencies[alarm.agency]}</Fact>
      <Fact name={words.place}>{kelurahanOf(alarm).join(', ')}</Fact>
      <Fact name={words.affected}>{affectedWords(alarm.affected, speech)}</Fact>
      <Fact name={words.answered}>
        {isUnanswered(alarm) && <span data-tone="attention">{words.unanswered}</span>}
        {acknowledgement !== undefined && <Who actor={acknowledgement.by} />}
        {acknowledgement !== undefined && ` · ${moment(acknowledgement.atMs)}`}
      </Fact>
      <Fact name={words.holder}>{assignee !== undefined && <Who actor={assignee} />}</Fact>
      <Fact name={words.shelvedFact}>{shelvedUntilMs !== undefined && moment(shelvedUntilMs)}</Fact>
      <Fact name={words.escalated}>{alarm.escalatedTimes > 0 && words.times(format.number(alarm.escalatedTimes))}</Fact>
      <Fact name={words.reopened}>{alarm.reopenedTimes > 0 && words.times(format.number(alarm.reopenedTimes))}</Fact>
    </dl>
  );
}

/** One name and its value; nothing where there is no value. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  const said = Array.isArray(children) ? children.filter((part) => part !== false) : children;
  if (said === false || said === '' || (Array.isArray(said) && said.length === 0)) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
