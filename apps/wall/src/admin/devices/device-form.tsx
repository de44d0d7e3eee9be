import { DeviceProtocol, type Agency } from '@siaga/contracts';
import { useState } from 'react';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ADMIN, agenciesOf, deviceFocus } from '../kinds.ts';

/** The way to a device by its agency, its protocol and what it calls itself. Who administers one agency names none. */
export function DeviceForm() {
  const { text } = useSpeech();
  const words = text.admin;
  const { show } = useFocus();
  const mine = agenciesOf(useMe());
  const [only] = mine;
  const [agency, setAgency] = useState(mine.length === 1 ? only : undefined);
  const [protocol, setProtocol] = useState<DeviceProtocol>('osmand');
  const [deviceId, setDeviceId] = useState('');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (agency !== undefined && deviceId.trim() !== '')
          show(ADMIN, deviceFocus({ agency, protocol, deviceId: deviceId.trim() }));
      }}
    >
      {mine.length > 1 && <AgencyChoice agencies={mine} chosen={agency} onChoose={setAgency} />}
      <div className="choice" role="group" aria-label={words.protocol}>
        {DeviceProtocol.options.map((name) => (
          <button
            type="button"
            key={name}
            aria-pressed={name === protocol}
            onClick={() => {
              setProtocol(name);
            }}
          >
            {words.protocols[name]}
          </button>
        ))}
      </div>
      <Field
        label={words.deviceId}
        hint={words.deviceIdHint}
        required
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        value={deviceId}
        onChange={({ target }) => {
          setDeviceId(target.value);
        }}
      />
      <button type="submit" disabled={agency === undefined || deviceId.trim() === ''}>
        {words.giveKey}
      </button>
    </form>
  );
}

interface AgencyChoiceProps {
  agencies: readonly Agency[];
  chosen: Agency | undefined;
  onChoose: (agency: Agency) => void;
}

function AgencyChoice({ agencies, chosen, onChoose }: AgencyChoiceProps) {
  const { text } = useSpeech();
  return (
    <div className="choice agency-choice" role="group" aria-label={text.admin.deviceAgency}>
      {agencies.map((agency) => (
        <button
          type="button"
          key={agency}
          aria-pressed={agency === chosen}
          onClick={() => {
            onChoose(agency);
          }}
        >
          {text.session.agencies[agency]}
        </button>
      ))}
    </div>
  );
}
