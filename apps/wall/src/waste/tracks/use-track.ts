import { GetTrack } from '@siaga/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call, reasonOf } from '../../city/api.ts';
import { useCity } from '../../city/city-context.tsx';
import { useCityNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { startOfDayMs } from '../../text/format.ts';
import { playedTo, trackPoints, type TrackPoint } from './track.ts';
import { TRUCK } from '../kinds.ts';

/** The track of the truck in the panel, and the moment on it that is being looked at. */
export interface ShownTrack {
  points: readonly TrackPoint[];
  loading: boolean;
  /** Why it could not be fetched. */
  failure: string | null;
  /** The moment looked at; `null` is now. */
  atMs: number | null;
  playing: boolean;
  look: (atMs: number | null) => void;
  play: (on: boolean) => void;
}

const refreshMs = 20_000;

/** Fetches today's track of the truck in focus, again every 20 s, and plays it. */
export function useTrack(): ShownTrack {
  const { focus } = useFocus();
  const truckId = focus?.kind === TRUCK ? focus.key : null;
  const { points, loading, failure } = useTodaysFixes(truckId);
  const [looked, setLooked] = useState<{ truckId: string; atMs: number } | null>(null);
  const [playing, setPlaying] = useState(false);
  const atMs = looked !== null && looked.truckId === truckId ? looked.atMs : null;

  const look = useCallback(
    (moment: number | null) => {
      setLooked(moment === null || truckId === null ? null : { truckId, atMs: moment });
    },
    [truckId],
  );
  const play = useCallback(
    (on: boolean) => {
      const last = points.at(-1)?.atMs ?? 0;
      if (on && (atMs === null || atMs >= last)) look(points[0]?.atMs ?? 0);
      setPlaying(on);
    },
    [points, atMs, look],
  );
  useEffect(() => {
    if (!playing || points.length === 0) return undefined;
    let before = performance.now();
    let frame = requestAnimationFrame(function step(time) {
      const elapsed = time - before;
      before = time;
      setLooked((now) => (now === null ? null : { ...now, atMs: playedTo(points, now.atMs, elapsed) }));
      frame = requestAnimationFrame(step);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [playing, points]);
  const ended = atMs !== null && atMs >= (points.at(-1)?.atMs ?? Infinity);
  if (playing && (ended || atMs === null)) setPlaying(false);

  return useMemo(
    () => ({ points, loading, failure, atMs, playing, look, play }),
    [points, loading, failure, atMs, playing, look, play],
  );
}

interface Fetched {
  truckId: string;
  points: readonly TrackPoint[];
  failure: string | null;
}

const none: readonly TrackPoint[] = [];

function useTodaysFixes(truckId: string | null) {
  const { timezone } = useCity().city;
  const cityNow = useCityNow();
  const [fetched, setFetched] = useState<Fetched | null>(null);
  useEffect(() => {
    if (truckId === null) return undefined;
    const ending = new AbortController();
    const fetchDay = () => {
      const nowMs = cityNow();
      const query = { from: startOfDayMs(nowMs, timezone), to: nowMs + 60_000 };
      call(GetTrack, { params: { truckId }, query }, { signal: ending.signal }).then(
        (track) => {
          setFetched({ truckId, points: trackPoints(track), failure: null });
        },
        (error: unknown) => {
          if (ending.signal.aborted) return;
          setFetched((before) => ({
            truckId,
            points: before?.truckId === truckId ? before.points : none,
            failure: reasonOf(error),
          }));
        },
      );
    };
    fetchDay();
    const again = setInterval(fetchDay, refreshMs);
    return () => {
      ending.abort();
      clearInterval(again);
    };
  }, [truckId, timezone, cityNow]);
  const mine = fetched?.truckId === truckId ? fetched : null;
  return { points: mine?.points ?? none, loading: truckId !== null && mine === null, failure: mine?.failure ?? null };
}
