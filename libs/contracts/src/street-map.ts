import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { peopleAndScreens } from './role.ts';
import { Area, EpochMs, Latitude, Longitude, Place } from './shapes.ts';

const Count = z.number().int().min(0);

/** The street map that was imported for a city (`siaga map import`), and where it comes from. */
export const StreetMap = z.object({
  /** Names its contents: another hash, another map. */
  hash: z.string().regex(/^[0-9a-f]{16}$/),
  /** Name of the extract's file. */
  source: z.string().max(255),
  /** When the extract was taken out of OpenStreetMap; of one that does not say, when its file was written. */
  sourceAtMs: EpochMs,
  importedAtMs: EpochMs,
  area: Area,
  counts: z.object({ streets: Count, lanes: Count, crossings: Count, landmarks: Count, roadKm: z.number().min(0) }),
  /** Of what a screen fetches, packed. */
  drawingBytes: Count,
});
export type StreetMap = z.infer<typeof StreetMap>;

/** `lane`: gang. */
export const StreetPlaceKind = z.enum(['street', 'lane', 'crossing', 'landmark']);
export type StreetPlaceKind = z.infer<typeof StreetPlaceKind>;

export const FindPlaces = defineRoute({
  name: 'emergency.places.find',
  summary:
    'Streets, gang, crossings and landmarks of the imported street map by name, the likeliest first: words in any order, spelt badly, with or without Jl. and titles; two streets find their crossing. `lat` and `lng`: of two that fit alike the nearer. None while no map was imported.',
  method: 'GET',
  path: '/api/emergency/places',
  query: z.object({
    q: z.string().trim().max(100),
    lat: z.coerce.number().pipe(Latitude).optional(),
    lng: z.coerce.number().pipe(Longitude).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  answer: z.object({
    items: z.array(
      Place.extend({
        placeId: z.string(),
        kind: StreetPlaceKind,
        name: z.string(),
        /** The street it stands at, or its kelurahan. */
        about: z.string().optional(),
        /** Half the length of a street, metres. */
        uncertaintyM: z.number().int().min(1),
      }),
    ),
  }),
  permission: peopleAndScreens,
});

/** A screen names the map it knows of from {@link GetCity}, so that what it keeps is never another one. */
export const GetStreetDrawing = defineRoute({
  name: 'gateway.streets.drawing',
  summary:
    'Streets of the imported map as GeoJSON lines: `name`, and `width` from 1, the widest, to 4, where people only walk. Packed (gzip), with ETag; 404 when another map was imported since. © OpenStreetMap contributors, ODbL.',
  method: 'GET',
  path: '/api/city/streets/:hash',
  params: z.object({ hash: StreetMap.shape.hash }),
  // the file as it was made at import
  answer: z.unknown(),
  permission: peopleAndScreens,
});
