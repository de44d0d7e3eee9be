import type { AnyEvent, DataOf } from '@siaga/contracts';
import type { LatestItem, Live } from '@siaga/live';
import { useMemo, useSyncExternalStore } from 'react';
import { useLinked } from './live-context.tsx';

/** The newest values of several streams, each as {@link useLatest} gives them, in the order they were named. */
export type LatestOf<Events extends readonly AnyEvent[]> = {
  readonly [Index in keyof Events]: ReadonlyMap<string, LatestItem<DataOf<Events[Index]>>>;
};

/**
 * The newest values of several streams together, looked at once in `everyMs` and no more often, however fast they change:
 * for streams of thousands of things, where each look costs. Name the events in a constant outside of the component.
 */
export function usePaced<const Events extends readonly AnyEvent[]>(events: Events, everyMs: number): LatestOf<Events> {
  const { live } = useLinked();
  const paced = useMemo(() => pacedView(live, events, everyMs), [live, events, everyMs]);
  return useSyncExternalStore(paced.subscribe, paced.get);
}

function pacedView<Events extends readonly AnyEvent[]>(live: Live, events: Events, everyMs: number) {
  const views = events.map((event) => live.latest(event));
  const look = () => views.map((view) => view.get()) as unknown as LatestOf<Events>;
  let held = look();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedMs = -everyMs;
  const subscribe = (listener: () => void): (() => void) => {
    const lookNow = () => {
      timer = undefined;
      lookedMs = performance.now();
      held = look();
      listener();
    };
    const hear = () => {
      timer ??= setTimeout(lookNow, Math.max(0, lookedMs + everyMs - performance.now()));
    };
    const ends = views.map((view) => view.subscribe(hear));
    hear();
    return () => {
      clearTimeout(timer);
      timer = undefined;
      for (const end of ends) end();
    };
  };
  return { subscribe, get: () => held };
}
