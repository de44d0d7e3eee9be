import { useEffect, useEffectEvent } from 'react';
import { choosable } from '../../map/choosable.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { PANEL } from '../kinds.ts';
import { useStreet } from '../street-context.tsx';
import { panelFeatures } from './panel-features.ts';
import { addPanelMarks, panelLayers } from './panel-layers.ts';

const source = 'panels';
/** A chosen panel is shown with the lamps around it. */
const chosenZoom = 15;

/** Panels on the map, with the sum of their lamps. */
export function PanelsLayer() {
  const { map, scale, markScale } = useMap();
  const { panels } = useStreet().lamps;
  const { text, format } = useSpeech();
  const { focus, show } = useFocus();
  const choose = useEffectEvent((panelId: string) => {
    show(PANEL, panelId);
  });
  const draw = useEffectEvent(() => {
    const features = panelFeatures(panels.values(), ({ lit, lamps }) =>
      text.street.litOf(format.number(lit), format.number(lamps)),
    );
    fill(map, source, features);
  });

  useEffect(() => {
    addPanelMarks(map, markScale);
    map.addSource(source, { type: 'geojson', data: nothing });
    for (const layer of panelLayers(source, scale)) map.addLayer(layer);
    draw();
    return choosable(map, { layers: ['panels'], idField: 'panelId', choose });
  }, [map, scale, markScale]);

  useEffect(() => {
    draw();
  }, [panels, text]);

  // it may be chosen before it is known: a link leads to it
  const panelId = focus?.kind === PANEL && panels.has(focus.key) ? focus.key : null;
  const bring = useEffectEvent((chosen: string) => {
    const place = panels.get(chosen)?.place;
    if (place !== undefined) bringIntoView(map, place, Math.max(map.getZoom(), chosenZoom));
  });
  useEffect(() => {
    if (panelId !== null) bring(panelId);
  }, [panelId]);
  return null;
}
