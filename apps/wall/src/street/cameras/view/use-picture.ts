import { useEffect, useState } from 'react';
import { useCityNow } from '../../../link/use-live.ts';
import { followPicture, type Seen } from './follow-picture.ts';

/** The picture of a camera while this is drawn: one still every so often. Give it the camera as its key. */
export function usePicture(cameraId: string, everyMs: number): Seen {
  const cityNow = useCityNow();
  const [seen, setSeen] = useState<Seen>({});
  useEffect(() => {
    const ending = new AbortController();
    void followPicture(cameraId, { everyMs, cityNow, tell: setSeen, signal: ending.signal });
    return () => {
      ending.abort();
    };
  }, [cameraId, everyMs, cityNow]);
  return seen;
}
