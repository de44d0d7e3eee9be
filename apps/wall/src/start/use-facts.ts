import {
  CityBegan,
  DeviceSeen,
  IntakeCounted,
  ListInvitations,
  ListPeople,
  ListScreens,
  ServiceReported,
  TruckMoved,
  TruckRegistered,
} from '@siaga/contracts';
import type { LatestItem } from '@siaga/live';
import { useCallback, useEffect } from 'react';
import { reachableOrigin } from '../admin/reachable-origin.ts';
import { call } from '../city/api.ts';
import { useCity } from '../city/city-context.tsx';
import { useExercise, useLatest, useNow } from '../link/use-live.ts';
import { useAsked, type Asked } from '../room/asked.ts';
import { isLocalOperator } from '../session/me/name-of.ts';
import { useMe } from '../session/session-context.tsx';
import { servicesAt, told } from '../system/services.ts';
import type { BackupFacts, Facts, PeopleFacts, ScreenFacts, Told } from './facts.ts';

/** What stands in a list is asked again so often while somebody looks. */
const AGAIN_MS = 5000;

/** What the city says of itself now. `isTrackerSkipped`, `isBackupSaid`: what somebody said in this browser. */
export function useFacts(said: { isTrackerSkipped: boolean; isBackupSaid: boolean }): Facts {
  const me = useMe();
  const { deviceAddresses } = useCity();
  return {
    nowMs: useNow(),
    account: isLocalOperator(me) ? undefined : me.displayName,
    isHereOnly: reachableOrigin(location, deviceAddresses).isHereOnly,
    ...useFleetFacts(),
    people: usePeople(me.principalId),
    screens: useScreens(),
    backup: useBackup(said.isBackupSaid),
    isTrackerSkipped: said.isTrackerSkipped,
    begin: { beganAtMs: useBeganAtMs(), isAnythingSimulated: useExercise() !== 'none' },
  };
}

/** Since when the city works in earnest; undefined while things are tried out. */
export function useBeganAtMs(): number | undefined {
  const { city, beganAtMs } = useCity();
  return useLatest(CityBegan).get(city.code)?.data.atMs ?? beganAtMs;
}

/** Simulated trucks in the register. */
export function useSimulatedTrucks(): number {
  return [...useLatest(TruckRegistered).values()].filter(({ exercise }) => exercise).length;
}

function useFleetFacts(): Pick<Facts, 'moved' | 'seen' | 'refused' | 'trucks'> {
  const moved = realOf(useLatest(TruckMoved));
  const onTheMap = new Set(moved.map(({ truckId }) => truckId));
  return {
    moved: moved.sort((one, other) => other.atMs - one.atMs),
    seen: realOf(useLatest(DeviceSeen)).sort((one, other) => other.lastSeenMs - one.lastSeenMs),
    refused: realOf(useLatest(IntakeCounted))
      .flatMap(({ truckId, lastRefusal }) =>
        lastRefusal === undefined || onTheMap.has(truckId)
          ? []
          : [{ truckId, reason: lastRefusal.reason, atMs: lastRefusal.atMs }],
      )
      .sort((one, other) => other.atMs - one.atMs),
    trucks: realOf(useLatest(TruckRegistered)).length,
  };
}

function realOf<Data>(items: ReadonlyMap<string, LatestItem<Data>>): Data[] {
  return [...items.values()].filter(({ exercise }) => !exercise).map(({ data }) => data);
}

function usePeople(myself: string): Told<PeopleFacts> {
  const { answer, failure } = useKeptAsking(
    useCallback(
      async (signal: AbortSignal): Promise<PeopleFacts> => {
        const [people, invitations] = await Promise.all([
          call(ListPeople, { query: { limit: 50 } }, { signal }),
          call(ListInvitations, { query: {} }, { signal }),
        ]);
        return {
          cameIn: people.items
            .filter(
              ({ personId, blocked, lastSignInAtMs }) =>
                personId !== myself && !blocked && lastSignInAtMs !== undefined,
            )
            .map(({ displayName }) => displayName),
          invited: invitations.items
            .filter(({ personId }) => personId === undefined)
            .map(({ displayName }) => displayName),
        };
      },
      [myself],
    ),
  );
  return { answer, failure };
}

function useScreens(): Told<readonly ScreenFacts[]> {
  const { answer, failure } = useKeptAsking(
    useCallback(async (signal: AbortSignal) => {
      const { items } = await call(ListScreens, { query: {} }, { signal });
      return items
        .filter(({ revoked }) => !revoked)
        .map(({ displayName: name, lastSeenAtMs }) => ({ name, lastSeenAtMs }));
    }, []),
  );
  return { answer, failure };
}

function useKeptAsking<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Asked<Answer> {
  const asked = useAsked(ask);
  const { again } = asked;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [again]);
  return asked;
}

function useBackup(isSaid: boolean): BackupFacts {
  const services = servicesAt(useLatest(ServiceReported), useNow());
  const storage = told(services, 'storage')?.value;
  if (storage !== undefined) return { by: 'siaga', storage };
  const isGatewayHeard = services.some(({ report }) => report.live !== undefined);
  return isGatewayHeard ? { by: 'databases', isSaid } : { by: 'unheard' };
}
