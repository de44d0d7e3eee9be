import { useMemo } from 'react';
import { useDesk } from '../../alarms/alarms-context.tsx';
import { AlarmList } from '../../alarms/queue/alarm-list.tsx';
import { dishubWords } from '../../text/dishub-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';

/** What is the matter at Dishub now, in the order of the desk. */
export function AlarmsSection() {
  const { text, format } = useSpeechWith(dishubWords);
  const { listed } = useDesk();
  const ours = useMemo(() => listed.filter(({ alarm }) => alarm.agency === 'dishub'), [listed]);
  const words = text.dishub;
  return (
    <section className="opd-section" aria-labelledby="alarms-heading" data-print="false">
      <h2 id="alarms-heading">
        {words.alarmsTitle} <strong>{format.number(ours.length)}</strong>
      </h2>
      {ours.length === 0 ? (
        <p className="third">{words.alarmsNone}</p>
      ) : (
        <AlarmList label={words.alarmsTitle} alarms={ours} choosing="none" />
      )}
    </section>
  );
}
