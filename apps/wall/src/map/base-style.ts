import { asGeoJson, kecamatan, kelurahan, outline, outlineAttribution } from '@siaga/geo';
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapSize } from './map-context.ts';
import { IMPORTED, importedNameLayers, importedStreetLayers, streetCredit } from './imported-streets.ts';
import { streetLayers } from './street-layers.ts';

/** Colours of the map, as in `look/tokens.css`; WebGL cannot read custom properties. */
export const mapColours = {
  ground: '#0a1016',
  land: '#14202b',
  kelurahanLine: '#243645',
  kecamatanLine: '#3a536a',
  outline: '#4d6b86',
  text: '#e8eff5',
  second: '#9fb2c2',
  third: '#8ea3b5',
  sea: '#5d7a94',
} as const;

/** Families declared in `look/fonts.css`; MapLibre draws glyphs from them itself and reads the weight off the name. */
export const mapFonts = { regular: ['Siaga Medium'], strong: ['Siaga Semibold'] };

/** The city drawn from its own data: nothing is fetched. */
export function baseStyle({ scale, far }: MapSize, streets: Streets): StyleSpecification {
  return {
    version: 8,
    sources: { ...citySources(), ...streetSources[streets] },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': mapColours.ground } },
      { id: 'land', type: 'fill', source: 'outline', paint: { 'fill-color': mapColours.land } },
      ...(streets === 'pmtiles' ? streetLayers : []),
      ...(streets === 'imported' ? importedStreetLayers : []),
      ...borderLayers(scale),
      ...(streets === 'imported' && !far ? importedNameLayers(scale) : []),
    ],
  };
}

/** A configured street style with the city's own borders on it; its own names stay, ours would cover them. */
export function onStreets(style: StyleSpecification, { scale }: MapSize): StyleSpecification {
  return {
    ...style,
    sources: { ...style.sources, ...citySources() },
    layers: [...style.layers, ...borderLayers(scale)],
  };
}

/** Where streets come from: nowhere, a PMTiles file, or what `siaga map import` made. */
export type Streets = 'none' | 'pmtiles' | 'imported';

const streetSources: Record<Streets, Record<string, SourceSpecification>> = {
  none: {},
  pmtiles: {
    streets: { type: 'vector', url: 'pmtiles:///map.pmtiles', attribution: '© OpenStreetMap contributors' },
  },
  // drawn empty at first: the map does not wait for them
  imported: {
    [IMPORTED]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, attribution: streetCredit },
  },
};

function citySources(): Record<string, SourceSpecification> {
  return {
    outline: { type: 'geojson', data: asGeoJson([outline()]), attribution: outlineAttribution },
    kecamatan: { type: 'geojson', data: asGeoJson(kecamatan()) },
    kelurahan: { type: 'geojson', data: asGeoJson(kelurahan()) },
  };
}

function borderLayers(scale: number): LayerSpecification[] {
  const join = { 'line-join': 'round' } as const;
  return [
    {
      id: 'kelurahan-line',
      type: 'line',
      source: 'kelurahan',
      layout: join,
      paint: { 'line-color': mapColours.kelurahanLine, 'line-width': scale },
    },
    {
      id: 'kecamatan-line',
      type: 'line',
      source: 'kecamatan',
      layout: join,
      paint: { 'line-color': mapColours.kecamatanLine, 'line-width': 1.3 * scale },
    },
    {
      id: 'outline-line',
      type: 'line',
      source: 'outline',
      layout: join,
      paint: { 'line-color': mapColours.outline, 'line-width': 1.6 * scale },
    },
  ];
}
