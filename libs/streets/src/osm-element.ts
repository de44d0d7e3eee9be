/** One element of an OpenStreetMap extract, without what only its editors need. Relations are left out. */
export type OsmElement =
  | { readonly type: 'node'; readonly id: number; readonly lat: number; readonly lng: number; readonly tags: Tags }
  | { readonly type: 'way'; readonly id: number; readonly refs: readonly number[]; readonly tags: Tags }
  /** When the extract was taken out of OpenStreetMap, if it says so; epoch ms. */
  | { readonly type: 'taken'; readonly atMs: number };

/** https://wiki.openstreetmap.org/wiki/Map_features */
export type Tags = Readonly<Record<string, string>>;

/** Read in the order of the file, so many at a time as the file brings them. */
export type OsmElements = AsyncIterable<readonly OsmElement[]>;
