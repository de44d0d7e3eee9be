import { asGeoJson, kecamatan, kelurahan, outline, outlineAttribution } from '@siaga/geo';
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
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

export interface MapWords {
  strait: string;
  regency: string;
}

/** The city drawn from its own data: nothing is fetched. `scale` enlarges what is in pixels. */
export function baseStyle(words: MapWords, scale: number, pmtiles: boolean): StyleSpecification {
  return {
    version: 8,
    sources: { ...citySources(words), ...(pmtiles && { streets: streetSource }) },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': mapColours.ground } },
      { id: 'land', type: 'fill', source: 'outline', paint: { 'fill-color': mapColours.land } },
      ...(pmtiles ? streetLayers : []),
      ...borderLayers(scale),
      ...labelLayers(scale),
    ],
  };
}

/** A configured street style with the city's own borders on it; its own names stay, ours would cover them. */
export function onStreets(style: StyleSpecification, words: MapWords, scale: number): StyleSpecification {
  return {
    ...style,
    sources: { ...style.sources, ...citySources(words) },
    layers: [...style.layers, ...borderLayers(scale)],
  };
}

const streetSource: SourceSpecification = {
  type: 'vector',
  url: 'pmtiles:///map.pmtiles',
  attribution: '© OpenStreetMap contributors',
};

function citySources({ strait, regency }: MapWords): Record<string, SourceSpecification> {
  return {
    outline: { type: 'geojson', data: asGeoJson([outline()]), attribution: outlineAttribution },
    kecamatan: { type: 'geojson', data: asGeoJson(kecamatan()) },
    kelurahan: { type: 'geojson', data: asGeoJson(kelurahan()) },
    'kelurahan-names': { type: 'geojson', data: points(kelurahan().map(({ name, label }) => ({ name, ...label }))) },
    around: {
      type: 'geojson',
      data: points([
        { name: strait, lat: -7.715, lng: 113.182 },
        { name: regency, lat: -7.81, lng: 113.166 },
        { name: regency, lat: -7.768, lng: 113.256 },
      ]),
    },
  };
}

function points(
  named: readonly { name: string; lat: number; lng: number }[],
): GeoJSON.FeatureCollection<GeoJSON.Point> {
  return {
    type: 'FeatureCollection',
    features: named.map(({ name, lat, lng }) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    })),
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

function labelLayers(scale: number): LayerSpecification[] {
  const halo = { 'text-halo-color': mapColours.land, 'text-halo-width': 1.2 * scale };
  return [
    {
      id: 'around-names',
      type: 'symbol',
      source: 'around',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.regular,
        'text-size': 13 * scale,
        'text-letter-spacing': 0.32,
        'text-max-width': 16,
        'text-line-height': 1.6,
      },
      paint: { 'text-color': mapColours.sea },
    },
    {
      id: 'kelurahan-names',
      type: 'symbol',
      source: 'kelurahan-names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFonts.regular,
        'text-size': 12.5 * scale,
        'text-letter-spacing': 0.02,
        'text-padding': 6,
      },
      paint: { 'text-color': mapColours.third, ...halo },
    },
  ];
}
