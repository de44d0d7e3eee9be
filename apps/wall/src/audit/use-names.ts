import { deviceSubject, lackOf, ListDeviceCredentials } from '@siaga/contracts';
import { useCallback, useMemo } from 'react';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useAsked } from '../room/asked.ts';
import { useMe } from '../session/session-context.tsx';
import type { Names } from './subjects.ts';

/** More devices than a city has. */
const MOST = 1000;

/**
 * What the reader may call those in the trail. It holds devices under a hash, because an id may be an IMEI: who
 * administers them finds theirs again.
 */
export function useNames({ subjects, names }: { subjects: readonly string[]; names: Names }): Names {
  const { city } = useCity();
  const mayKnow = lackOf(ListDeviceCredentials, useMe()) === undefined;
  const isWanted = mayKnow && subjects.some((subject) => subject.startsWith('device:'));
  const { answer } = useAsked(
    useCallback(
      async (signal: AbortSignal) =>
        isWanted ? (await call(ListDeviceCredentials, { query: { limit: MOST } }, { signal })).items : [],
      [isWanted],
    ),
  );
  return useMemo(() => {
    const devices = (answer ?? []).map((device) => {
      const hash = deviceSubject(city.code, device).slice('device:'.length);
      return [hash, device.deviceId] as const;
    });
    return { ...Object.fromEntries(devices), ...names };
  }, [answer, city.code, names]);
}
