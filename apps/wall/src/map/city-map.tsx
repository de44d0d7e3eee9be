import { areaContains, boundsOf, grow, outline } from '@siaga/geo';
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCity } from '../city/city-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { AroundLayer } from './around-layer.tsx';
import { styleFor } from './city-style.ts';
import { MapContext, type DrawnMap } from './map-context.ts';
import { NamesLayer } from './names-layer.tsx';
import { PlacesLayer } from './places-layer.tsx';
import { StreetsLayer } from './streets-layer.tsx';
import { bringIntoView, clearArea, onArea, onHome, onPlace } from './view.ts';

setWorkerUrl(workerUrl);

/** Close enough to see a few streets around. */
const placeZoom = 14;

/** An area is shown with so much around it, and never closer than its streets can be told apart. */
const aroundAreaM = 250;
const areaZoom = 15;

/** From far, marks grow by this share of what names grow. */
const farMarks = 0.65;

const cityBounds = boundsOf(outline().polygons.flatMap(([outer]) => outer));

/** The map that fills the screen. Layers are its children and appear once it is drawn. */
export default function CityMap({ scale, far, children }: { scale: number; far: boolean; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<DrawnMap | null>(null);
  const [failed, setFailed] = useState<'style' | 'webgl' | null>(null);
  const { text } = useSpeech();
  const city = useCity();

  useEffect(() => {
    if (frame.current === null) return undefined;
    const box = frame.current;
    const size = { scale, markScale: far ? scale * farMarks : scale, far };
    const ending = new AbortController();
    let map: MapLibre | undefined;
    void styleFor(city, size, ending.signal).then(({ style, fellBack }) => {
      if (ending.signal.aborted) return;
      setFailed(fellBack ? 'style' : null);
      try {
        map = new MapLibre({
          container: box,
          style,
          attributionControl: { compact: false },
          fadeDuration: 0,
          dragRotate: false,
          pitchWithRotate: false,
          touchPitch: false,
          maxZoom: 18,
          minZoom: 9,
          ...fitted(box),
        });
      } catch {
        setFailed('webgl');
        box.ariaBusy = 'false';
        return;
      }
      map.touchZoomRotate.disableRotation();
      map.keyboard.disable();
      const ready = map;
      void ready.once('idle').then(() => {
        box.ariaBusy = 'false';
      });
      ready.on('load', () => {
        setDrawn({ map: ready, ...size });
      });
      keepCityInView(ready, box, ending.signal);
    });
    return () => {
      ending.abort();
      setDrawn(null);
      map?.remove();
    };
  }, [city, scale, far]);

  useEffect(() => {
    drawn?.map.getCanvas().setAttribute('aria-label', text.map);
  }, [drawn, text]);

  return (
    <>
      <div className="city-map" ref={frame} aria-busy="true" />
      {failed !== null && <p className="map-notice">{failed === 'webgl' ? text.mapFailed : text.mapStyleFailed}</p>}
      {drawn !== null && (
        <MapContext value={drawn}>
          <StreetsLayer />
          {!far && <CityNames />}
          {children}
        </MapContext>
      )}
    </>
  );
}

function CityNames() {
  return (
    <>
      <AroundLayer />
      <NamesLayer />
      <PlacesLayer />
    </>
  );
}

function fitted(box: HTMLElement) {
  if (cityBounds === undefined) return {};
  const { west, south, east, north } = grow(cityBounds, 150);
  return {
    bounds: [west, south, east, north] as [number, number, number, number],
    fitBoundsOptions: { padding: clearArea(box) },
  };
}

/** A wall is hung once and then resized by whoever turns it; until somebody moves the map, the whole city stays in view. */
function keepCityInView(map: MapLibre, box: HTMLElement, signal: AbortSignal): void {
  let moved = false;
  const fit = (animate: boolean) => {
    const { bounds, fitBoundsOptions } = fitted(box);
    if (bounds !== undefined) map.fitBounds(bounds, { ...fitBoundsOptions, animate, duration: 600 });
  };
  map.on('movestart', (event) => {
    if (event.originalEvent !== undefined) moved = true;
  });
  map.on('resize', () => {
    if (!moved || !inView(map)) fit(false);
  });
  onHome(() => {
    moved = false;
    fit(true);
  }, signal);
  onPlace((place) => {
    moved = true;
    bringIntoView(map, place, Math.max(map.getZoom(), placeZoom));
  }, signal);
  onArea((area) => {
    moved = true;
    const { west, south, east, north } = grow(area, aroundAreaM);
    map.fitBounds([west, south, east, north], { padding: clearArea(box), maxZoom: areaZoom, duration: 600 });
  }, signal);
}

function inView(map: MapLibre): boolean {
  if (cityBounds === undefined) return true;
  const { lat, lng } = map.getCenter();
  return areaContains(cityBounds, { lat, lng });
}
