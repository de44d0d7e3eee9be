import type { PatrolPosition } from '@siaga/contracts';
import { useEffect, useState } from 'react';

/** A fix older than this is no proof of being here, ms. */
const FRESH_MS = 30_000;
/** A phone that lies still tells nothing new by itself: it is asked at this pace, ms. */
const ASK_EVERY_MS = 10_000;

/** Where this phone is, for as long as it says so; undefined where it tells nothing, or nothing new. */
export function usePosition(): PatrolPosition | undefined {
  const [position, setPosition] = useState<PatrolPosition>();
  useEffect(() => {
    // missing where a page is opened by plain http on the network
    if (!('geolocation' in navigator)) return undefined;
    const { geolocation } = navigator;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      setPosition(undefined);
    };
    const hear = ({ coords: { latitude, longitude, accuracy } }: GeolocationPosition) => {
      clearTimeout(timer);
      setPosition({ lat: latitude, lng: longitude, accuracyM: Math.min(Math.round(accuracy), 1_000_000) });
      timer = setTimeout(forget, FRESH_MS);
    };
    // one that is not told in time is told next time, or the last one ends
    const miss = () => undefined;
    const options = { enableHighAccuracy: true, maximumAge: 0, timeout: ASK_EVERY_MS };
    const watch = geolocation.watchPosition(hear, miss, options);
    const asking = setInterval(() => {
      geolocation.getCurrentPosition(hear, miss, options);
    }, ASK_EVERY_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(asking);
      geolocation.clearWatch(watch);
    };
  }, []);
  return position;
}
