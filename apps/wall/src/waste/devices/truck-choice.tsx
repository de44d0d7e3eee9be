import { AdoptDevice, type DeviceSeen } from '@siaga/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { reasonOf } from '../../city/api.ts';
import { useSend } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { findTrucks } from '../trucks/fleet.ts';
import { useWaste } from '../waste-context.tsx';

/** As many as fit without hiding the column; the rest is found by the search. */
const mostTrucks = 16;

/** The trucks a device could ride on, found by id, plate or hull number: choosing one puts it there. */
export function TruckChoice({ device }: { device: DeviceSeen }) {
  const { text, format } = useSpeech();
  const { fleet } = useWaste();
  const send = useSend();
  const [search, setSearch] = useState('');
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const registered = useMemo(() => fleet.filter((truck) => truck.registered !== undefined), [fleet]);
  const found = useMemo(() => findTrucks(registered, search), [registered, search]);

  const adopt = (truckId: string) => {
    setPending(truckId);
    setFailure(null);
    const { protocol, deviceId } = device;
    send(AdoptDevice, { params: { truckId }, body: { protocol, deviceId } }).catch((error: unknown) => {
      setPending(null);
      setFailure(reasonOf(error));
    });
  };

  return (
    <div className="truck-choice">
      {registered.length === 0 && <p>{text.adoptNoTruck}</p>}
      {registered.length > 0 && <ChoiceSearch search={search} onSearch={setSearch} />}
      {pending === null &&
        found.slice(0, mostTrucks).map(({ truckId, exercise }) => (
          <button
            type="button"
            key={truckId}
            aria-label={text.adoptOn(device.deviceId, exercise ? `${truckId} (${text.simulationTag})` : truckId)}
            onClick={() => {
              adopt(truckId);
            }}
          >
            {truckId}
            {exercise && <em className="tag">{text.simulationTag}</em>}
          </button>
        ))}
      {registered.length > 0 && found.length === 0 && <p>{text.searchNothing(search)}</p>}
      {found.length > mostTrucks && <p className="third">{text.more(format.number(found.length - mostTrucks))}</p>}
      {pending !== null && (
        <p role="status">
          {text.adopting} {pending}
        </p>
      )}
      {failure !== null && <p role="alert">{text.failed(failure)}</p>}
      <details>
        <summary>{text.lastMessage}</summary>
        <pre>{device.lastRaw}</pre>
      </details>
    </div>
  );
}

/** Has the focus when it opens. Enter does nothing here: which truck is meant is said on the button. */
function ChoiceSearch({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { text } = useSpeech();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  return (
    <label className="search">
      <input
        ref={field}
        aria-label={text.adoptSearch}
        placeholder={text.adoptSearch}
        value={search}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          onSearch(target.value);
        }}
      />
    </label>
  );
}
