import type { PatrolPosition } from '@siaga/contracts';
import { useEffect, useState } from 'react';

/** A fix older than this is no proof of being here, ms. */
const FRESH_MS = 30_000;

/** Where this phone is, for as long as it says so; undefined where it tells nothing, or nothing new. */
export function usePosition(): PatrolPosition | undefined {
  const [position, setPosition] = useState<PatrolPosition>();
  useEffect(() => {
    // missing where a page is opened by plain http on the network
    if (!('geolocation' in navigator)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      setPosition(undefined);
    };
    const watch = navigator.geolocation.watchPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        clearTimeout(timer);
        setPosition({ lat: latitude, lng: longitude, accuracyM: Math.min(Math.round(accuracy), 1_000_000) });
        timer = setTimeout(forget, FRESH_MS);
      },
      forget,
      { enableHighAccuracy: true, maximumAge: FRESH_MS / 2 },
    );
    return () => {
      clearTimeout(timer);
      navigator.geolocation.clearWatch(watch);
    };
  }, []);
  return position;
}
