import { StreetPlaceKind, Place } from '@siaga/contracts';
import { z } from 'zod';

/** A place of the imported map by name. */
export const NamedPlace = Place.extend({
  /** `way-12`, `node-3`, or `way-12+way-14` of a crossing: numbers of OpenStreetMap. */
  id: z.string(),
  kind: StreetPlaceKind,
  name: z.string(),
  /** Other names it goes by. */
  also: z.array(z.string()),
  /** Where that is: a street, or a kelurahan. */
  about: z.string().optional(),
  /** Whoever says this name is at most so far from the place, metres. */
  uncertaintyM: z.number().int().min(1),
});
export type NamedPlace = z.infer<typeof NamedPlace>;

/** To a metre or so: what a map of volunteers knows. */
export const rounded = ({ lat, lng }: Place): Place => ({ lat: Number(lat.toFixed(5)), lng: Number(lng.toFixed(5)) });
