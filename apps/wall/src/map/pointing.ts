import type { Place } from '@siaga/contracts';

/** Where somebody clicked on the map. */
export interface Pointed {
  place: Place;
  /** So far from it lies what he may have meant: a finger is as wide from far away as from near. */
  withinM: number;
}

let asking: ((pointed: Pointed) => void) | undefined;
let marked: Place | undefined;
const changes = new EventTarget();

function changed(): void {
  changes.dispatchEvent(new Event('change'));
}

/** Until the signal ends it, a click on the map says a place, and chooses nothing. Who asks last is told. */
export function askToPoint(listener: (pointed: Pointed) => void, signal: AbortSignal): void {
  asking = listener;
  signal.addEventListener('abort', () => {
    if (asking !== listener) return;
    asking = undefined;
    marked = undefined;
    changed();
  });
  changed();
}

export const isPointing = (): boolean => asking !== undefined;

/** Tells who asked where somebody clicked. */
export function point(pointed: Pointed): void {
  asking?.(pointed);
}

/** Shows on the map what was pointed at; undefined: nothing. */
export function markPlace(place: Place | undefined): void {
  marked = place;
  changed();
}

export const markedPlace = (): Place | undefined => marked;

/** Called whenever somebody begins or ends to ask, or marks another place. Answers a function that ends it. */
export function onPointing(listener: () => void): () => void {
  changes.addEventListener('change', listener);
  return () => {
    changes.removeEventListener('change', listener);
  };
}
