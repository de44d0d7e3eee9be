import { ListCamerasNear, type Place } from '@siaga/contracts';
import { useEffect, useEffectEvent } from 'react';
import { choosable } from '../../map/choosable.ts';
import { fill, nothing } from '../../map/drawing.ts';
import { useMap } from '../../map/map-context.ts';
import { bringIntoView } from '../../map/view.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CAMERA, NEAR, WATCH } from '../kinds.ts';
import { useStreet } from '../street-context.tsx';
import { cameraFeatures } from './camera-features.ts';
import { addCameraMarks, cameraLayers } from './camera-layers.ts';

const source = 'cameras';
/** A chosen camera is shown with what it sees around it. */
const chosenZoom = 15.5;

/** Cameras on the map, where they look, and which show nothing. */
export function CamerasLayer() {
  const { map, scale, markScale } = useMap();
  const { cameras } = useStreet();
  const { text } = useSpeech();
  const { focus, show } = useFocus();
  const choose = useEffectEvent((cameraId: string) => {
    show(CAMERA, cameraId);
  });
  const mayLook = useMay()(ListCamerasNear);
  const lookAround = useEffectEvent(({ lat, lng }: Place) => {
    show(NEAR, `${lat.toFixed(5)},${lng.toFixed(5)}`);
  });
  const draw = useEffectEvent(() => {
    const { camera } = text.street;
    fill(
      map,
      source,
      cameraFeatures(cameras, ({ health }) => (health === 'live' ? '' : camera.health[health])),
    );
  });

  useEffect(() => {
    addCameraMarks(map, markScale);
    map.addSource(source, { type: 'geojson', data: nothing });
    for (const layer of cameraLayers(source, scale)) map.addLayer(layer);
    draw();
    return choosable(map, { layers: ['cameras'], idField: 'cameraId', choose });
  }, [map, scale, markScale]);

  useEffect(() => {
    if (!mayLook) return undefined;
    // the right button, or a long press: which cameras see this place
    const around = map.on('contextmenu', ({ lngLat }) => {
      lookAround(lngLat);
    });
    return () => {
      around.unsubscribe();
    };
  }, [map, mayLook]);

  useEffect(() => {
    draw();
  }, [cameras, text]);

  // it may be chosen before it is known: a link leads to it
  const isCamera = focus?.kind === CAMERA || focus?.kind === WATCH;
  const isKnown = isCamera && cameras.some(({ camera }) => camera.cameraId === focus.key);
  const cameraId = isKnown ? focus.key : null;
  const bring = useEffectEvent((chosen: string) => {
    const place = cameras.find(({ camera }) => camera.cameraId === chosen)?.camera.place;
    if (place !== undefined) bringIntoView(map, place, Math.max(map.getZoom(), chosenZoom));
  });
  useEffect(() => {
    if (cameraId !== null) bring(cameraId);
  }, [cameraId]);
  return null;
}
