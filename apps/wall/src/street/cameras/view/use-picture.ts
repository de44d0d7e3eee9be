import { useEffect, useState } from 'react';
import { useCityNow } from '../../../link/use-live.ts';
import { followPicture, type Seen } from './follow-picture.ts';

/**
 * The picture of a camera while this is drawn: one still every so often, none while something better is shown. Give it the
 * camera as its key.
 */
export function usePicture(cameraId: string, everyMs: number, asked: 'stills' | 'nothing'): Seen {
  const cityNow = useCityNow();
  const [seen, setSeen] = useState<Seen>({});
  useEffect(() => {
    if (asked === 'nothing') return undefined;
    const ending = new AbortController();
    void followPicture(cameraId, { everyMs, cityNow, tell: setSeen, signal: ending.signal });
    return () => {
      ending.abort();
      // its address is good no longer
      setSeen(({ opened }) => (opened === undefined ? {} : { opened }));
    };
  }, [cameraId, everyMs, cityNow, asked]);
  return seen;
}
