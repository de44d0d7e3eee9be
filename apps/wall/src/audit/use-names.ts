import { deviceSubject, lackOf, ListDeviceCredentials, type DeviceCredentials } from '@siaga/contracts';
import { useCallback, useMemo } from 'react';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useAsked } from '../room/asked.ts';
import { useMe } from '../session/session-context.tsx';
import type { Names } from './subjects.ts';

/** As many as one page holds. */
const PAGE = 1000;

/**
 * What the reader may call those in the trail. It holds devices under a hash, because an id may be an IMEI: who
 * administers them finds theirs again.
 */
export function useNames({ subjects, names }: { subjects: readonly string[]; names: Names }): Names {
  const { city } = useCity();
  const mayKnow = lackOf(ListDeviceCredentials, useMe()) === undefined;
  const isWanted = mayKnow && subjects.some((subject) => subject.startsWith('device:'));
  const { answer } = useAsked(
    useCallback((signal: AbortSignal) => (isWanted ? allDevices(signal) : Promise.resolve([])), [isWanted]),
  );
  return useMemo(() => {
    const devices = (answer ?? []).map((device) => {
      const hash = deviceSubject(city.code, device).slice('device:'.length);
      return [hash, device.deviceId] as const;
    });
    return { ...Object.fromEntries(devices), ...names };
  }, [answer, city.code, names]);
}

/** Every device he administers, page by page: one of any of them may stand in the trail. */
async function allDevices(signal: AbortSignal): Promise<readonly DeviceCredentials[]> {
  const devices: DeviceCredentials[] = [];
  let after: string | undefined;
  do {
    const query = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const { items, next } = await call(ListDeviceCredentials, { query }, { signal });
    devices.push(...items);
    after = next;
  } while (after !== undefined);
  return devices;
}
