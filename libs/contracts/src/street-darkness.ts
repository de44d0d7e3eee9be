import { z } from 'zod';
import { KelurahanCode } from './condition.ts';
import { defineRoute } from './define-route.ts';
import { streetAgencies, streetReaders } from './street-assets.ts';
import { YearMonth } from './street-energy.ts';

const Minutes = z.number().min(0);

/** How long lamps gave no light though they should burn: lamp-minutes. What lamps said and what was concluded stand apart. */
export const Darkness = z.object({
  /** Different lamps that were dark. */
  lamps: z.number().int().min(0),
  /** Said by the lamps’ own controllers. */
  measuredMinutes: Minutes,
  /** Concluded from their panel. */
  inferredMinutes: Minutes,
});
export type Darkness = z.infer<typeof Darkness>;

export const KelurahanDarkness = Darkness.extend({
  /** Absent: outside the city. */
  kelurahanCode: KelurahanCode.optional(),
  kelurahan: z.string().optional(),
});
export type KelurahanDarkness = z.infer<typeof KelurahanDarkness>;

export const StreetDarkness = z.object({
  month: YearMonth,
  total: Darkness,
  /** Darkest first. */
  kelurahan: z.array(KelurahanDarkness),
});
export type StreetDarkness = z.infer<typeof StreetDarkness>;

export const GetStreetDarkness = defineRoute({
  name: 'street.months.darkness',
  summary:
    'Lamp-minutes without light in the nights of a month, by kelurahan: current that was gone and lamps that failed, measured and inferred apart; `simulated=true` those of exercises. With `Accept: text/csv` a spreadsheet in Bahasa.',
  method: 'GET',
  path: '/api/street/months/:month/darkness',
  params: z.object({ month: YearMonth }),
  query: z.object({ simulated: z.stringbool().default(false) }),
  answer: StreetDarkness,
  permission: streetReaders,
  agencies: streetAgencies,
});
