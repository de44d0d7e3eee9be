import { DeviceProtocol } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ADMIN, agenciesOf, deviceFocus } from '../kinds.ts';

/** The way to a device by its agency, its protocol and what it calls itself. Who administers one agency names none. */
export function DeviceForm() {
  const { text } = useSpeechWith(adminWords);
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
      {mine.length > 1 && (
        <Choice label={words.deviceAgency} options={mine} chosen={agency} onChoose={setAgency} wraps>
          {(name) => text.session.agencies[name]}
        </Choice>
      )}
      <Choice label={words.protocol} options={DeviceProtocol.options} chosen={protocol} onChoose={setProtocol}>
        {(name) => words.protocols[name]}
      </Choice>
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
