import { events, systemServices, type AnyEvent, type DataOf } from '@siaga/contracts';
import type { LatestItem, LinkStatus } from '@siaga/live';
import { useCallback, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react';
import { useLinked } from './live-context.tsx';

/** The newest value of every key of a `latest` stream; a new map only when something in it changed. */
export function useLatest<Event extends AnyEvent>(event: Event): ReadonlyMap<string, LatestItem<DataOf<Event>>> {
  const { live } = useLinked();
  const view = useMemo(() => live.latest(event), [live, event]);
  const subscribe = useCallback((listener: () => void) => view.subscribe(listener), [view]);
  return useSyncExternalStore(subscribe, () => view.get());
}

/** Calls back once for each event of an `every` stream, in order of its key. */
export function useEvery<Event extends AnyEvent>(event: Event, listener: (data: DataOf<Event>) => void): void {
  const { live } = useLinked();
  const hear = useEffectEvent(listener);
  useEffect(
    () =>
      live.every(event, (data) => {
        hear(data);
      }),
    [live, event],
  );
}

/** How the screen is linked to its city. */
export function useLink(): LinkStatus {
  const { live } = useLinked();
  const subscribe = useCallback((listener: () => void) => live.status.subscribe(listener), [live]);
  return useSyncExternalStore(subscribe, () => live.status.get());
}

/** The city's time in whole seconds; draws again each second. */
export function useNow(): number {
  const { clock } = useLinked();
  return useSyncExternalStore(clock.subscribe, clock.get);
}

/** Asks for the city's time without drawing again each second. */
export function useCityNow(): () => number {
  const { live } = useLinked();
  return useCallback(() => live.status.get().serverNowMs(), [live]);
}

/** How much of what the screen holds is simulated. */
export type ExerciseShare = 'none' | 'some' | 'all';

/** How the processes are is real even in a drill, and no part of the city. */
const shown = events.filter(
  ({ stream }) => stream.delivery === 'latest' && !stream.onRequest && stream !== systemServices,
);

/** Whether anything the screen holds is simulated or drilled: of any domain, because the band is for all of them. */
export function useExercise(): ExerciseShare {
  const { live } = useLinked();
  const views = useMemo(() => shown.map((event) => live.latest(event)), [live]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = views.map((view) => view.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [views],
  );
  return useSyncExternalStore(subscribe, () => shareOf(views.map((view) => view.get())));
}

function shareOf(views: readonly ReadonlyMap<string, { exercise: boolean }>[]): ExerciseShare {
  let simulated = false;
  let real = false;
  for (const view of views) {
    for (const { exercise } of view.values()) {
      if (exercise) simulated = true;
      else real = true;
      if (simulated && real) return 'some';
    }
  }
  return simulated ? 'all' : 'none';
}
