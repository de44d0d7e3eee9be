import { deviceKey, DeviceProtocol, ListDeviceCredentials, type DeviceCredentials } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ADMIN, deviceFocus } from '../kinds.ts';
import { standingOf } from './standing-words.ts';

/** Devices that must prove themselves, and the way to one that must not yet. */
export function DevicesView() {
  const { text } = useSpeech();
  const words = text.admin;
  const { answer, failure } = useAsked(
    useCallback((signal: AbortSignal) => call(ListDeviceCredentials, {}, { signal }), []),
  );
  return (
    <>
      <p>{words.deviceHow}</p>
      <DeviceForm />
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{words.noDevices}</p>}
      <ul className="people" aria-label={words.deviceKeys}>
        {answer?.items.map((device) => (
          <li key={deviceKey(device)}>
            <DeviceRow device={device} />
          </li>
        ))}
      </ul>
    </>
  );
}

function DeviceRow({ device }: { device: DeviceCredentials }) {
  const { text, format } = useSpeech();
  const { show } = useFocus();
  const nowMs = useNow();
  return (
    <button
      type="button"
      className="person-row"
      data-blocked={device.blocked}
      onClick={() => {
        show(ADMIN, deviceFocus(device));
      }}
    >
      <strong>
        {device.deviceId}
        {device.blocked && <em className="tag">{text.admin.blocked}</em>}
      </strong>
      <span className="person-name">{text.admin.protocols[device.protocol]}</span>
      <span className="person-access">{standingOf(device, { text, format, nowMs }).join(' · ')}</span>
    </button>
  );
}

/** A device by its protocol and what it calls itself. */
function DeviceForm() {
  const { text } = useSpeech();
  const words = text.admin;
  const { show } = useFocus();
  const [protocol, setProtocol] = useState<DeviceProtocol>('osmand');
  const [deviceId, setDeviceId] = useState('');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (deviceId.trim() !== '') show(ADMIN, deviceFocus({ protocol, deviceId: deviceId.trim() }));
      }}
    >
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
      <button type="submit" disabled={deviceId.trim() === ''}>
        {words.giveKey}
      </button>
    </form>
  );
}
