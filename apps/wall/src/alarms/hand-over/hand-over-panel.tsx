import { emergencyAgencies, ListHandOvers, shiftAt, type Agency, type HandOver } from '@siaga/contracts';
import { useId, useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { HandOverNow } from '../../emergency/hand-over-now.tsx';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Panel } from '../../room/panel.tsx';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { agenciesOf } from './agencies.ts';
import { FormerNotes } from './former-notes.tsx';
import { NoteForm } from './note-form.tsx';

/** As many shifts as one looks back on: a week and a bit. */
const shiftsShown = 24;

const askOf = (agency: Agency) => (signal: AbortSignal) =>
  call(ListHandOvers, { query: { agency, limit: shiftsShown } }, { signal });

/** What the shift that is on tells the next one, and what those before told. */
export default function HandOverPanel() {
  const { text } = useSpeech();
  const agencies = agenciesOf(useMe());
  const [agency, setAgency] = useState<Agency>(agencies[0] ?? 'command');
  return (
    <Panel title={text.alarms.handOver}>
      {agencies.length > 1 && <AgencyChoice agencies={agencies} agency={agency} onAgency={setAgency} />}
      <Notes key={agency} agency={agency} />
    </Panel>
  );
}

function Notes({ agency }: { agency: Agency }) {
  const { text } = useSpeech();
  const { answer, failure, again } = useAsked(useMemo(() => askOf(agency), [agency]));
  const { isOn } = useShift();
  if (answer === undefined) return <p role={failure === undefined ? 'status' : 'alert'}>{failure ?? text.loading}</p>;
  const [first, ...rest] = answer.items;
  const current = first !== undefined && isOn(first) ? first : undefined;
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {emergencyAgencies.includes(agency) && <HandOverNow />}
      <NoteForm agency={agency} current={current} onChanged={again} />
      <FormerNotes notes={current === undefined ? answer.items : rest} />
    </>
  );
}

/** Whether a note is of the shift that is on. */
function useShift(): { isOn: (note: HandOver) => boolean } {
  const { timezone } = useCity().city;
  const on = shiftAt(useNow(), timezone);
  return { isOn: ({ day, shift }) => day === on.day && shift === on.shift };
}

interface AgencyChoiceProps {
  agencies: readonly Agency[];
  agency: Agency;
  onAgency: (agency: Agency) => void;
}

function AgencyChoice({ agencies, agency, onAgency }: AgencyChoiceProps) {
  const { text } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text.alarms.handOverAgency}</label>
      <select
        id={id}
        value={agency}
        onChange={({ target }) => {
          onAgency(target.value as Agency);
        }}
      >
        {agencies.map((one) => (
          <option key={one} value={one}>
            {text.session.agencies[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
