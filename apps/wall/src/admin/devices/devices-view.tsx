import { agencyDeviceKey, ListDeviceCredentials, type DeviceCredentials } from '@siaga/contracts';
import { Search } from 'lucide-react';
import { useCallback, useDeferredValue, useState } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { ADMIN, deviceFocus } from '../kinds.ts';
import { DeviceForm } from './device-form.tsx';
import { standingOf } from './standing-words.ts';

const STEP = 50;

/** Devices that must prove themselves, and the way to one that must not yet. */
export function DevicesView() {
  const { text } = useSpeech();
  const words = text.admin;
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(STEP);
  const q = useDeferredValue(search.trim());
  const { answer, failure } = useAsked(
    useCallback(
      (signal: AbortSignal) =>
        call(ListDeviceCredentials, { query: { limit: most, ...(q === '' ? {} : { q }) } }, { signal }),
      [q, most],
    ),
  );
  return (
    <>
      <p>{words.deviceHow}</p>
      <DeviceForm />
      <label className="search">
        <Search aria-hidden="true" />
        <input
          type="search"
          aria-label={words.searchDevices}
          placeholder={words.searchDevices}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value);
          }}
        />
      </label>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer?.items.length === 0 && <p className="third">{q === '' ? words.noDevices : words.noDeviceFound(q)}</p>}
      <ul className="people" aria-label={words.deviceKeys}>
        {answer?.items.map((device) => (
          <li key={agencyDeviceKey(device)}>
            <DeviceRow device={device} />
          </li>
        ))}
      </ul>
      {answer?.next !== undefined && (
        <button
          type="button"
          onClick={() => {
            setMost(most + STEP);
          }}
        >
          {words.moreItems}
        </button>
      )}
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
      <span className="person-name">
        {text.session.agencies[device.agency]} · {text.admin.protocols[device.protocol]}
      </span>
      <span className="person-access">{standingOf(device, { text, format, nowMs }).join(' · ')}</span>
    </button>
  );
}
