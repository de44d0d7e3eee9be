import { deviceKey, GetTruck, IssueDeviceKey, type AgencyDevice, type DeviceRef } from '@siaga/contracts';
import { KeyRound } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { ADMIN, agenciesOf, deviceFocus } from '../../admin/kinds.ts';
import { call } from '../../city/api.ts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay, useMe } from '../../session/session-context.tsx';
import { adminWords } from '../../text/admin-words.ts';
import { useSpeech, useSpeechWith } from '../../text/speech.tsx';
import type { FleetTruck } from './fleet.ts';
import { whereIs } from './where.ts';

/** Trucks, and the doors of their trackers, are DLH's. */
const AGENCY: AgencyDevice['agency'] = 'dlh';

/** What a truck does now, as a board of names and values; what is not known says so. */
export function TruckFacts({ truck }: { truck: FleetTruck }) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const { position, state } = truck;
  const devices = useDevices(truck.truckId, truck.registered?.version);
  const states = { moving: text.moving, stopped: text.stopped, silent: text.silent, never: text.never };
  const facts: [name: string, value: ReactNode][] = [];
  if (position !== undefined) {
    const { atMs, batteryPercent, ignition, accuracyM } = position;
    facts.push([text.lastReport, `${format.timeWithSeconds(atMs)} · ${text.ago(format.duration(ageMs(atMs, nowMs)))}`]);
    facts.push([
      text.battery,
      batteryPercent === undefined ? text.batteryUnknown : `${format.number(batteryPercent)} %`,
    ]);
    if (ignition !== undefined) facts.push([text.engine, ignition ? text.engineOn : text.engineOff]);
    if (accuracyM !== undefined) facts.push([text.accuracy, text.metres(format.number(accuracyM))]);
  }
  if (devices !== null) {
    facts.push([text.device, devices.length === 0 ? text.noDevice : <Devices devices={devices} />]);
  }
  return (
    <>
      <p className="truck-now" data-state={state}>
        <strong>{position?.speedKph === undefined ? '–' : format.number(position.speedKph)}</strong>
        <span>{text.speedUnit}</span>
        <span className="truck-now-words">
          {states[state]}
          {position !== undefined && <> · {whereIs(position, text.outsideCity)}</>}
        </span>
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Each device by name, with the way to its key. */
function Devices({ devices }: { devices: readonly DeviceRef[] }) {
  const { text } = useSpeechWith(adminWords);
  const { show } = useFocus();
  const may = useMay();
  const me = useMe();
  const mayGiveKeys = may(IssueDeviceKey) && agenciesOf(me).includes(AGENCY);
  return devices.map((device) => (
    <span key={deviceKey(device)} className="fact-device">
      {device.deviceId} ({device.protocol})
      {mayGiveKeys && (
        <button
          type="button"
          className="quiet"
          aria-label={text.admin.giveKeyTo(device.deviceId)}
          onClick={() => {
            show(ADMIN, deviceFocus({ ...device, agency: AGENCY }));
          }}
        >
          <KeyRound aria-hidden="true" /> {text.admin.giveKey}
        </button>
      )}
    </span>
  ));
}

/** Devices of a truck are in its register entry only; asked for again when the entry changes. */
function useDevices(truckId: string, version: number | undefined): readonly DeviceRef[] | null {
  const [devices, setDevices] = useState<readonly DeviceRef[] | null>(null);
  useEffect(() => {
    if (version === undefined) return undefined;
    const ending = new AbortController();
    call(GetTruck, { params: { truckId } }, { signal: ending.signal }).then(
      (truck) => {
        setDevices(truck.devices);
      },
      () => {
        if (!ending.signal.aborted) setDevices(null);
      },
    );
    return () => {
      ending.abort();
    };
  }, [truckId, version]);
  return devices;
}
