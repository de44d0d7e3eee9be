import type { Me, Stream } from '@siaga/contracts';
import type { ComponentType, ReactNode } from 'react';

/** What a domain brings to the room. A new domain is one more line in `domains.ts`. */
export interface Domain {
  /** Its name in `?layout=`. */
  id: string;
  /** Streams given only on request that it wants. */
  requests?: readonly Stream[];
  /** Holds what its parts share; wraps the room. */
  Provider?: ComponentType<{ children: ReactNode }>;
  /** Its light in the top bar. */
  Light?: ComponentType;
  /** A line across the screen below the top, while there is something to say. */
  Band?: ComponentType;
  /** What it says over everything else, when there is something to say. */
  Notice?: ComponentType;
  /** Its part of the left column. */
  Column?: ComponentType;
  /** Its tiles of the bottom strip. */
  Tiles?: ComponentType;
  /** Its layers on the map; the order of domains is the order of drawing. */
  Layers?: ComponentType;
  /** Lets the search find its things, see `useFinder`; draws nothing. */
  Finder?: ComponentType;
  /** Panels it can show at the right, by kind of focus; `focusKey` says which one of that kind. */
  panels?: Readonly<Record<string, ComponentType<{ focusKey: string }>>>;
  /** Bare keys it answers to: key to kind of focus. */
  keys?: Readonly<Record<string, string>>;
  /** Who its panels and keys are for; absent: everybody. */
  mayUse?: (me: Me) => boolean;
}
