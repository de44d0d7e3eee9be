import { agencyDeviceKey, ListDeviceCredentials, type DeviceCredentials } from '@siaga/contracts';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { ListView, SearchField, useList, type ListQuery } from '../../room/list.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeechWith } from '../../text/speech.tsx';
import { ADMIN, deviceFocus } from '../kinds.ts';
import { DeviceForm } from './device-form.tsx';
import { standingOf } from './standing-words.ts';

const ask = (query: ListQuery, signal: AbortSignal) => call(ListDeviceCredentials, { query }, { signal });

/** Devices that must prove themselves, and the way to one that must not yet. */
export function DevicesView() {
  const { text } = useSpeechWith(adminWords);
  const words = text.admin;
  const list = useList(ask);
  return (
    <>
      <p>{words.deviceHow}</p>
      <DeviceForm />
      <SearchField label={words.searchDevices} search={list.search} onSearch={list.onSearch} />
      <ListView
        list={list}
        className="people"
        label={words.deviceKeys}
        empty={list.q === '' ? words.noDevices : words.noDeviceFound(list.q)}
      >
        {(device) => (
          <li key={agencyDeviceKey(device)}>
            <DeviceRow device={device} />
          </li>
        )}
      </ListView>
    </>
  );
}

function DeviceRow({ device }: { device: DeviceCredentials }) {
  const { text, format } = useSpeechWith(adminWords);
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
