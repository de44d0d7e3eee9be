import type { PatrolPosition } from '@siaga/contracts';
import { useEffect, useState } from 'react';
import { phonePosition } from './phone-position.ts';

/** A fix older than this is no proof of being here, ms. */
const FRESH_MS = 30_000;

/** Exactly where this phone is, for as long as it says so; undefined where it tells nothing, or nothing new. */
export function usePosition(): PatrolPosition | undefined {
  const [position, setPosition] = useState<PatrolPosition>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = phonePosition.watch({
      need: 'exact',
      heard: ({ lat, lng, accuracyM, atMs }) => {
        const leftMs = FRESH_MS - (Date.now() - atMs);
        if (leftMs <= 0) return;
        clearTimeout(timer);
        setPosition({ lat, lng, accuracyM: Math.round(accuracyM) });
        timer = setTimeout(setPosition, leftMs, undefined);
      },
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, []);
  return position;
}
