import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { LampFilter, LampId, streetAgencies, streetReaders } from './street-assets.ts';

export const PrintLampLabels = defineRoute({
  name: 'street.labels.print',
  summary:
    'A page to print, A4, 24 labels on each: pole number and a QR code of where people report that lamp. At most 2,400 at once.',
  method: 'GET',
  path: '/api/street/lamp-labels',
  query: LampFilter.extend({
    lampId: LampId.optional(),
    /** Where people reach the city; absent: as it was reached to ask for this page. */
    address: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .optional(),
  }),
  // the page itself, not JSON
  answer: z.unknown(),
  permission: streetReaders,
  agencies: streetAgencies,
});
