import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const EpochMs = z.number().int().min(0).max(8_640_000_000_000_000);
/** A day of a city's calendar, `2026-11-21`: what is planned or kept lies in the years 1900 to 2099. */
export const CityDay = z.iso
  .date()
  .refine((day) => day >= '1900-01-01' && day < '2100-01-01', 'tahun 1900 sampai 2099 · years 1900 to 2099');
/** Degrees north, WGS 84. */
export const Latitude = z.number().min(-90).max(90);
/** Degrees east, WGS 84. */
export const Longitude = z.number().min(-180).max(180);
/** Kilometres per hour. */
export const SpeedKph = z.number().min(0).max(1000);
/** Degrees clockwise from true north, 0 ≤ heading < 360. */
export const HeadingDeg = z.number().min(0).lt(360);
/** Metres. */
export const AccuracyM = z.number().min(0).max(1_000_000);
/** Metres above mean sea level. */
export const AltitudeM = z.number().min(-1000).max(20_000);
/** 0 to 100. */
export const Percent = z.number().min(0).max(100);

/** A place on the ground, WGS 84. */
export const Place = z.object({ lat: Latitude, lng: Longitude });
export type Place = z.infer<typeof Place>;

/** South, west, north and east edges in degrees; a city never crosses the date line. */
export const Area = z
  .object({ south: Latitude, west: Longitude, north: Latitude, east: Longitude })
  .refine((area) => area.south <= area.north && area.west <= area.east, 'south ≤ north and west ≤ east');
export type Area = z.infer<typeof Area>;

/** Kemendagri code of a city without dots, for example `3574` for Kota Probolinggo. */
export const CityCode = z.string().regex(/^\d{4}$/, 'four digits');
export type CityCode = z.infer<typeof CityCode>;

/** Agencies (OPD) that own or may see things; `command` is the room itself, `rs` people of hospitals, who see theirs only. */
export const Agency = z.enum([
  'command',
  'dlh',
  'dishub',
  'satpolpp',
  'dinkes',
  'diskominfo',
  'bpbd',
  'dinsos',
  'polres',
  'rs',
]);
export type Agency = z.infer<typeof Agency>;
/** Those with a desk of their own, who may be told of things: everybody of `rs` would see what one hospital is told. */
export const DeskAgency = Agency.exclude(['rs']);
/** Whom somebody or something belongs to. */
export const Agencies = z.array(Agency).min(1).max(Agency.options.length);

/** {@link registerId} as the inside of a pattern. It ends in no dot: an address with `../` in it is taken by no door. */
export const REGISTER_ID = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9_-])?';

/** What an operator gives a thing as its own name: letters, digits and `- _ .`, 1 to 40 characters, no dot at the end. */
export const registerId = (what: string) =>
  z.string().regex(new RegExp(`^${REGISTER_ID}$`), `${what}: 1–40 letters, digits or - _ ., no . at the end`);

/** A word or two that people read: no control characters, no half characters. */
export const label = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{C}]+$/u, 'no control characters');

/** Page of a list: how many and after which item; `next` of an answer is the following `after`. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(200).optional(),
  q: z.string().trim().max(100).optional(),
});

/** `{ items, next? }`: absent `next` means the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });
