import { z } from 'zod';
import { defineEvent, type DataOf } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { peopleAndScreens } from './role.ts';
import { StreetMap } from './street-map.ts';
import { CityCode, EpochMs, label, Place } from './shapes.ts';

/** Of the IANA data base, as this machine knows it. */
const Timezone = z.string().refine((timeZone) => {
  try {
    return Intl.DateTimeFormat('id', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'zona IANA, misalnya Asia/Jakarta · a zone of the IANA data base, for example Asia/Jakarta');

/** What every part must know of the city it serves. */
export const City = z.object({
  code: CityCode,
  /** `Kota Probolinggo` */
  name: label(100),
  /** Days are computed in it. */
  timezone: Timezone,
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

export const systemCity = defineStream({ name: 'system.city', delivery: 'latest', keepForDays: 3650 });

/** The city works in earnest: whatever was simulated until then leaves, and no simulator is started any more. */
export const CityBegan = defineEvent({
  name: 'system.city.began',
  summary: 'The city works in earnest from now on: simulated things leave, and no simulator starts any more.',
  stream: systemCity,
  data: z.object({ city: CityCode, atMs: EpochMs }),
  key: (began) => began.city,
  version: (began) => began.atMs,
  audience: ['command'],
});
export type CityBegan = DataOf<typeof CityBegan>;

/** *Mulai sungguhan*: the end of trying things out. */
export const BeginCity = defineRoute({
  name: 'system.city.begin',
  summary:
    'Stops the simulator for good and clears everything simulated, in every domain. A second time changes nothing.',
  method: 'POST',
  path: '/api/system/begin',
  answer: z.object({ beganAtMs: EpochMs }),
  status: 200,
  permission: ['city-admin'],
});

/** What a screen needs before it draws: the city and how it is run. */
export const GetCity = defineRoute({
  name: 'gateway.city.get',
  summary: 'The city, whether simulated events are on, and where a real street map comes from, if configured.',
  method: 'GET',
  path: '/api/city',
  answer: z.object({
    city: City,
    /** A simulator was started with the city, and the city has not begun in earnest. */
    simulator: z.boolean(),
    /** Since when the city works in earnest; absent while things are tried out. */
    beganAtMs: EpochMs.optional(),
    /** `MAP_STYLE_URL`: a MapLibre style. */
    mapStyleUrl: z.string().optional(),
    /** `MAP_PMTILES` is set and served at `/map.pmtiles`. */
    mapPmtiles: z.boolean(),
    /** Imported by `siaga map import`. */
    streetMap: StreetMap.optional(),
    /** Addresses a phone on the same network can reach, for the QR; empty unless started with `--lan`. */
    deviceAddresses: z.array(z.string()),
    /** Behind such an address, before the protocol: `/ingest`, or `/ingest/3573` when this is not the home city. */
    devicePath: z.string(),
  }),
  permission: peopleAndScreens,
});
