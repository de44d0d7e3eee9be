import type { Map as MapLibre } from 'maplibre-gl';
import type { Area, Place } from '@siaga/contracts';

/** Pixels at each side of the map that panels cover. */
export interface ClearArea {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** What the parts marked `data-covers="left|right|top|bottom"` leave free, with a margin so nothing touches them. */
export function clearArea(box: HTMLElement): ClearArea {
  const whole = box.getBoundingClientRect();
  const area: ClearArea = { top: 0, right: 0, bottom: 0, left: 0 };
  for (const part of document.querySelectorAll<HTMLElement>('[data-covers]')) {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    if (part.dataset['covers'] === 'left') area.left = Math.max(area.left, right - whole.left);
    if (part.dataset['covers'] === 'right') area.right = Math.max(area.right, whole.right - left);
    if (part.dataset['covers'] === 'top') area.top = Math.max(area.top, bottom - whole.top);
    if (part.dataset['covers'] === 'bottom') area.bottom = Math.max(area.bottom, whole.bottom - top);
  }
  const margin = Math.min(whole.width, whole.height) * 0.015;
  return {
    top: area.top + margin,
    right: Math.max(area.right, area.left * 0.4) + margin,
    bottom: area.bottom + margin,
    left: area.left + margin,
  };
}

/** Moves the map only when the place is not already in the part one can see. */
export function bringIntoView(map: MapLibre, { lat, lng }: Place, zoom?: number): void {
  const box = map.getContainer();
  const clear = clearArea(box);
  const point = map.project([lng, lat]);
  const seen =
    point.x > clear.left &&
    point.x < box.clientWidth - clear.right &&
    point.y > clear.top &&
    point.y < box.clientHeight - clear.bottom;
  if (seen && zoom === undefined) return;
  map.easeTo({ center: [lng, lat], padding: clear, duration: 500, ...(zoom !== undefined && { zoom }) });
}

const wishes = new EventTarget();

/** Asks the map to show the whole city. */
export function goHome(): void {
  wishes.dispatchEvent(new CustomEvent('home'));
}

/** Asks the map to go to a place. */
export function showPlace({ lat, lng }: Place): void {
  wishes.dispatchEvent(new CustomEvent('place', { detail: { lat, lng } }));
}

/** Asks the map to show a whole area. */
export function showArea(area: Area): void {
  wishes.dispatchEvent(new CustomEvent('area', { detail: area }));
}

/** Called whenever somebody asks for the whole city, until the signal ends it. */
export function onHome(listener: () => void, signal: AbortSignal): void {
  wishes.addEventListener('home', listener, { signal });
}

/** Called whenever somebody asks for a place, until the signal ends it. */
export function onPlace(listener: (place: Place) => void, signal: AbortSignal): void {
  const hear = (event: Event) => {
    listener((event as CustomEvent<Place>).detail);
  };
  wishes.addEventListener('place', hear, { signal });
}

/** Called whenever somebody asks for an area, until the signal ends it. */
export function onArea(listener: (area: Area) => void, signal: AbortSignal): void {
  const hear = (event: Event) => {
    listener((event as CustomEvent<Area>).detail);
  };
  wishes.addEventListener('area', hear, { signal });
}
