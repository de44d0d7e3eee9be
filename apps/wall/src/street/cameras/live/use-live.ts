import { useEffect, useRef, useState, type RefObject } from 'react';
import { useCityNow } from '../../../link/use-live.ts';
import { followLive } from './follow-live.ts';
import type { Live } from './live.ts';

interface LiveSeen {
  live: Live;
  video: RefObject<HTMLVideoElement | null>;
  image: RefObject<HTMLImageElement | null>;
}

/** The moving picture of a camera while this is drawn, in the two elements one of which shows it. */
export function useLive(cameraId: string): LiveSeen {
  const cityNow = useCityNow();
  const [live, setLive] = useState<Live>({ phase: 'none' });
  const video = useRef<HTMLVideoElement>(null);
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    if (video.current === null || image.current === null) return undefined;
    const ending = new AbortController();
    const screen = { video: video.current, image: image.current };
    void followLive(cameraId, { screen, cityNow, tell: setLive, signal: ending.signal });
    return () => {
      ending.abort();
    };
  }, [cameraId, cityNow]);
  return { live, video, image };
}
