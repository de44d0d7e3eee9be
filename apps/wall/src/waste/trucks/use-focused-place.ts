import { useEffect, useEffectEvent } from 'react';
import type { Place } from '@siaga/contracts';
import { useFocus } from '../../room/focus.tsx';
import { TRUCK } from '../kinds.ts';
import { useWaste } from '../waste-context.tsx';

/** Calls back with the place of a truck once, when it comes into focus; later moves do not pull the map along. */
export function useFocusedPlace(bring: (place: Place) => void): void {
  const { fleet } = useWaste();
  const { focus } = useFocus();
  const truckId = focus?.kind === TRUCK ? focus.key : null;
  const bringNow = useEffectEvent(() => {
    const position = fleet.find((truck) => truck.truckId === truckId)?.position;
    if (position !== undefined) bring(position);
  });
  useEffect(() => {
    if (truckId !== null) bringNow();
  }, [truckId]);
}
