import { DistressChanged } from '@siaga/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call, pressKey } from '../../city/api.ts';
import { phonePosition } from '../../field/phone-position.ts';
import { useLatest } from '../../link/use-live.ts';
import { useMe } from '../../session/session-context.tsx';
import { CallForHelp, type Help } from './call-for-help.ts';

/** This page's call for help, and how it stands. */
export interface Distress {
  readonly help: Help;
  readonly calls: CallForHelp;
}

/** What this phone's owner has called for, and what he can do about it. */
export function useDistress(): Distress {
  const { principalId } = useMe();
  const [calls] = useState(
    () => new CallForHelp({ principalId, storage: localStorage, call, position: phonePosition, newKey: pressKey }),
  );
  useEffect(() => {
    calls.begin();
    return () => {
      calls.close();
    };
  }, [calls]);
  const told = useLatest(DistressChanged);
  useEffect(() => {
    for (const { data } of told.values()) calls.heard(data);
  }, [calls, told]);
  return { help: useSyncExternalStore(calls.subscribe, calls.get), calls };
}
