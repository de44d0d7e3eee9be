import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { PrincipalId } from './principal.ts';
import { people } from './role.ts';
import { Agencies, label } from './shapes.ts';

/** Somebody of the same city. Only the id of who works here no more, was erased, or never was. */
export const Colleague = z.object({
  principalId: PrincipalId,
  displayName: label(80).optional(),
  agencies: Agencies.optional(),
});
export type Colleague = z.infer<typeof Colleague>;

/** Ids of people, `a,b,c`, as they stand in events and lists: 1 to 100. */
const PrincipalIds = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{8,40}(,[A-Za-z0-9_-]{8,40}){0,99}$/,
    'ids: 1–100 principalId, dipisah koma · 1–100 principalIds, separated by commas',
  )
  .transform((ids) => ids.split(','));

/** No list to leaf through and nothing to search by: an id is random, and comes from something its asker may see. */
export const ListColleagues = defineRoute({
  name: 'identity.colleagues.list',
  summary: 'Names and agencies of people by their ids, in the order asked: who acknowledged this, who is on his way.',
  method: 'GET',
  path: '/api/identity/colleagues',
  query: z.object({ ids: PrincipalIds }),
  answer: z.object({ items: z.array(Colleague) }),
  // not for screens: nobody stands at them whom a name would help
  permission: people,
});
