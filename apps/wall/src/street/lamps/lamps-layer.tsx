import type { GeoJSONSource } from 'maplibre-gl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { choosable } from '../../map/choosable.ts';
import { nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { LAMP } from '../kinds.ts';
import { useStreet } from '../street-context.tsx';
import { clickable, lampLayers, lampsFromZoom } from './lamp-layers.ts';
import { addLampMarks } from './lamp-marks.ts';
import { lampDiff } from './lamp-features.ts';
import type { SeenLamp } from './seen-lamps.ts';

const source = 'lamps';
/** A chosen lamp is shown with the street around it. */
const chosenZoom = 15.5;

/** Lamps on the map: a faint glow where they burn, a mark where something is wrong. */
export function LampsLayer() {
  const { map, scale, markScale } = useMap();
  const { lamps } = useStreet().lamps;
  const { focus, show } = useFocus();
  const drawn = useRef<ReadonlyMap<string, SeenLamp>>(new Map());
  const choose = useEffectEvent((lampId: string) => {
    show(LAMP, lampId);
  });
  const draw = useEffectEvent(() => {
    const diff = lampDiff(drawn.current, lamps);
    drawn.current = lamps;
    if (diff !== undefined) void map.getSource<GeoJSONSource>(source)?.updateData(diff);
  });

  useEffect(() => {
    addLampMarks(map, markScale);
    map.addSource(source, { type: 'geojson', data: nothing, promoteId: 'lampId' });
    for (const layer of lampLayers(source, scale)) map.addLayer(layer);
    drawn.current = new Map();
    draw();
    return choosable(map, { layers: clickable, idField: 'lampId', choose, fromZoom: lampsFromZoom });
  }, [map, scale, markScale]);

  useEffect(() => {
    draw();
  }, [lamps]);

  // it may be chosen before it is known: a link leads to it
  const lampId = focus?.kind === LAMP && lamps.has(focus.key) ? focus.key : null;
  const bring = useEffectEvent((chosen: string) => {
    const place = lamps.get(chosen)?.place;
    if (place !== undefined) bringIntoView(map, place, Math.max(map.getZoom(), chosenZoom));
  });
  useEffect(() => {
    if (lampId !== null) bring(lampId);
  }, [lampId]);
  return null;
}
