import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { choosable } from '../../map/choosable.ts';
import { fill, nothing, startDrawing, type Drawing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { frameIntervalMs, Motion } from '../../map/motion.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { TRUCK } from '../kinds.ts';
import { truckFeatures } from './truck-features.ts';
import { truckLayers } from './truck-layers.ts';
import { addTruckMarks } from './truck-marks.ts';
import { useFocusedPlace } from './use-focused-place.ts';
import { useWaste } from '../waste-context.tsx';

const source = 'trucks';

/** Trucks on the map: state by shape and colour, heading, name, and the last time where the news is old. */
export function TrucksLayer() {
  const { map, scale, markScale } = useMap();
  const { fleet } = useWaste();
  const { focus, show } = useFocus();
  const { format } = useSpeech();
  const [motion] = useState(() => new Motion({ still: matchMedia('(prefers-reduced-motion: reduce)').matches }));
  const drawing = useRef<Drawing>(null);
  const chosen = focus?.kind === TRUCK ? focus.key : null;

  const draw = useEffectEvent((nowMs: number) => {
    const placeOf = (truckId: string) => motion.at(truckId, nowMs);
    fill(map, source, truckFeatures(fleet, { placeOf, chosen, time: format.time }));
    const fastest = motion.fastest(nowMs);
    return fastest === 0 ? null : frameIntervalMs(fastest, pixelsPerDegree(map.getZoom()));
  });
  const choose = useEffectEvent((truckId: string) => {
    show(TRUCK, truckId);
  });

  useEffect(() => {
    addTruckMarks(map, markScale);
    map.addSource(source, { type: 'geojson', data: nothing });
    for (const layer of truckLayers(source, scale)) map.addLayer(layer);
    const ends = choosable(map, { layers: ['trucks'], idField: 'truckId', choose });
    drawing.current = startDrawing((nowMs) => draw(nowMs));
    return () => {
      drawing.current?.stop();
      ends();
    };
  }, [map, scale, markScale]);

  useEffect(() => {
    const nowMs = performance.now();
    for (const { truckId, position } of fleet) if (position !== undefined) motion.go(truckId, position, nowMs);
    motion.keep(new Set(fleet.map(({ truckId }) => truckId)));
    drawing.current?.wake();
  }, [fleet, motion, chosen, format]);

  useFocusedPlace((place) => {
    bringIntoView(map, place);
  });
  return null;
}

/** The world is 512 px wide at zoom 0. */
function pixelsPerDegree(zoom: number): number {
  return (512 * 2 ** zoom) / 360;
}
