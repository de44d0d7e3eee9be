import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { peopleAndScreens } from './role.ts';
import { CityCode, Place } from './shapes.ts';

/** What every part must know of the city it serves. */
export const City = z.object({
  code: CityCode,
  /** `Kota Probolinggo` */
  name: z.string(),
  /** IANA zone; days are computed in it. */
  timezone: z.string(),
  centre: Place,
  languages: z.array(z.enum(['id', 'en'])).min(1),
});
export type City = z.infer<typeof City>;

/** Cities this build knows. Names and codes: Kementerian Dalam Negeri. */
export const cities: Readonly<Record<string, City>> = {
  '3574': {
    code: '3574',
    name: 'Kota Probolinggo',
    timezone: 'Asia/Jakarta',
    centre: { lat: -7.7697, lng: 113.2063 },
    languages: ['id', 'en'],
  },
};

/** What a screen needs before it draws: the city and how it is run. */
export const GetCity = defineRoute({
  name: 'gateway.city.get',
  summary: 'The city, whether simulated events are on, and where a real street map comes from, if configured.',
  method: 'GET',
  path: '/api/city',
  answer: z.object({
    city: City,
    /** A simulator was started with the city. */
    simulator: z.boolean(),
    /** `MAP_STYLE_URL`: a MapLibre style. */
    mapStyleUrl: z.string().optional(),
    /** `MAP_PMTILES` is set and served at `/map.pmtiles`. */
    mapPmtiles: z.boolean(),
    /** Addresses a phone on the same network can reach, for the QR; empty unless started with `--lan`. */
    deviceAddresses: z.array(z.string()),
  }),
  permission: peopleAndScreens,
});
