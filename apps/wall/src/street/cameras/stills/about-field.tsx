import { AlarmChanged, StillAbout } from '@siaga/contracts';
import { useId, useMemo, useState } from 'react';
import { kindWords } from '../../../alarms/alarm-text.ts';
import { useLatest } from '../../../link/use-live.ts';
import { Field } from '../../../room/field.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import { alarmsFor } from './alarms-for.ts';

/** Of the two that a picture is kept for, the one whose number is written. */
const INCIDENT = 'incident';

interface AboutFieldProps {
  cameraId: string;
  /** `alarm:…` or `incident:…`; empty while it is neither. */
  onChoose: (about: string) => void;
}

/** What a still is kept for: an alarm this screen knows, or an incident by its number. */
export function AboutField({ cameraId, onChoose }: AboutFieldProps) {
  const { text } = useSpeech();
  const words = text.street.camera.stills;
  const id = useId();
  const known = useLatest(AlarmChanged);
  const alarms = useMemo(
    () =>
      alarmsFor(
        cameraId,
        Array.from(known.values(), ({ data }) => data),
      ),
    [known, cameraId],
  );
  const [chosen, setChosen] = useState('');
  const [incidentId, setIncidentId] = useState('');
  const tell = (about: string) => {
    onChoose(StillAbout.safeParse(about).data ?? '');
  };
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{words.about}</label>
        <select
          id={id}
          required
          value={chosen}
          onChange={({ target: { value } }) => {
            setChosen(value);
            tell(value === INCIDENT ? `${INCIDENT}:${incidentId}` : value);
          }}
        >
          <option value="">{words.choose}</option>
          {alarms.map(({ alarmId, name, kind }) => (
            <option key={alarmId} value={`alarm:${alarmId}`}>
              {`${name} · ${kindWords(kind, text)}`}
            </option>
          ))}
          <option value={INCIDENT}>{words.incident}</option>
        </select>
      </div>
      {chosen === INCIDENT && (
        <Field
          label={words.incidentId}
          hint={words.incidentHint}
          required
          maxLength={40}
          value={incidentId}
          onChange={({ target: { value } }) => {
            setIncidentId(value);
            tell(`${INCIDENT}:${value.trim()}`);
          }}
        />
      )}
    </>
  );
}
