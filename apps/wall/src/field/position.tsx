import { openAssignment, TellPosition, type UnitChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { call } from '../city/api.ts';
import { useSpeech } from '../text/speech.tsx';
import { isNews, type Told } from './position-rules.ts';

/** A phone that stands still answers with what it knew so long ago, ms: the radio stays off. */
const OLD_ENOUGH_MS = 10_000;
/** As vague as a place may be told. */
const MOST_M = 1_000_000;

/**
 * Tells the city where the crew is while it is on duty, as rarely as is enough, and says that it does. What cannot be sent is not
 * kept: the next one is truer.
 */
export function Position({ unit }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const [toldAtMs, setToldAtMs] = useState<number>();
  const [failure, setFailure] = useState<'refused' | 'unknown' | 'unsent'>();
  const last = useRef<Told>(undefined);
  const { unitId, duty } = unit;
  const isOn = duty === 'on' && 'geolocation' in navigator;
  const found = useEffectEvent(({ coords, timestamp: atMs }: GeolocationPosition) => {
    const { latitude: lat, longitude: lng, accuracy, speed } = coords;
    const isOnJob = openAssignment(unit) !== undefined;
    const now = { lat, lng, atMs };
    if (!isNews({ duty, isOnJob }, now, last.current)) return;
    last.current = now;
    const body = {
      ...now,
      accuracyM: Math.min(MOST_M, accuracy),
      ...(speed !== null && { speedKph: Math.min(300, speed * 3.6) }),
    };
    call(TellPosition, { params: { unitId }, body }).then(
      () => {
        setToldAtMs(atMs);
        setFailure(undefined);
      },
      () => {
        // the next one in its time: a refusal asked again at every fix empties the battery
        setFailure('unsent');
      },
    );
  });
  useEffect(() => {
    if (!isOn) return;
    const watch = navigator.geolocation.watchPosition(
      found,
      ({ code, PERMISSION_DENIED }) => {
        setFailure(code === PERMISSION_DENIED ? 'refused' : 'unknown');
      },
      { enableHighAccuracy: true, maximumAge: OLD_ENOUGH_MS },
    );
    return () => {
      navigator.geolocation.clearWatch(watch);
    };
  }, [isOn, unitId]);
  if (!isOn) return null;
  if (failure !== undefined) return <p data-tone="attention">{words.positions[failure]}</p>;
  return (
    <p className="third">{toldAtMs === undefined ? words.positions.asking : words.positions.told(format.timeWithSeconds(toldAtMs))}</p> // prettier-ignore
  );
}
