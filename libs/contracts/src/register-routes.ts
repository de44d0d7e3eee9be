import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { ImportQuery, ImportReport, RegisterUpload } from './register-import.ts';
import type { Role } from './role.ts';
import { EpochMs, pageOf, type Agency } from './shapes.ts';

/** The version something was read at; what was changed meanwhile is a `conflict`. */
export const Version = z.number().int().min(1);

/** What a register adds to what people enter. */
export const Registration = z.object({
  version: Version,
  /** Simulated or drilled. */
  exercise: z.boolean(),
  createdAtMs: EpochMs,
  changedAtMs: EpochMs,
});
export type Registration = z.infer<typeof Registration>;

/** A kind of thing that people keep a register of; see {@link registerRoutes}. */
interface RegisterContract<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Thing extends z.ZodType,
  Change extends z.ZodType,
  Registered extends z.ZodType,
> {
  /** `street.lamps`: the app and the noun. */
  name: `${string}.${string}`;
  /** In English, for summaries: `a lamp`. */
  one: string;
  /** What `q` searches, for the summary of the list. */
  searches: string;
  params: Params;
  /** How the path names it: `lampId`. */
  key: string;
  query: Query;
  thing: Thing;
  /** All of the thing but its key, and `version`. */
  change: Change;
  registered: Registered;
  readers: readonly Role[];
  /** Absent: those of any; whose a thing is says itself. */
  agencies?: readonly Agency[];
}

/** The endpoints every register has, one by one and as a spreadsheet. Writing is for administrators of the agencies. */
export function registerRoutes<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Thing extends z.ZodType,
  Change extends z.ZodType,
  Registered extends z.ZodType,
>(register: RegisterContract<Params, Query, Thing, Change, Registered>) {
  const { name, one, searches, params, key, query, thing, change, registered, readers, agencies } = register;
  const path = `/api/${name.replace('.', '/')}` as const;
  const of = agencies === undefined ? {} : { agencies };
  const read = { permission: readers, ...of };
  const write = { permission: ['agency-admin'], ...of } as const;
  return {
    register: defineRoute({
      name: `${name}.register`,
      summary: `Puts ${one} into the register. 409 when its id is taken.`,
      method: 'POST',
      ...{ path, body: thing, answer: registered, ...write },
      // a key that is made of other fields is not in what people enter
      audit: ({ body }: { body: Readonly<Record<string, unknown>> }) =>
        typeof body[key] === 'string' ? [`${key.replace(/Id$/, '')}:${body[key]}`] : [],
    }),
    list: defineRoute({
      name: `${name}.list`,
      summary: `The register, a page at a time; \`q\` searches ${searches}. With \`Accept: text/csv\` all of it as a spreadsheet that can be imported again.`,
      method: 'GET',
      ...{ path, query, answer: pageOf(registered), ...read },
    }),
    get: defineRoute({
      name: `${name}.get`,
      summary: `Answers ${one}.`,
      method: 'GET',
      ...{ path: `${path}/:${key}`, params, answer: registered, ...read },
    }),
    change: defineRoute({
      name: `${name}.change`,
      summary: `Changes ${one} as it was read at \`version\`; what is left out is cleared. 409 when somebody changed it meanwhile.`,
      method: 'PUT',
      ...{ path: `${path}/:${key}`, params, body: change, answer: registered, ...write },
    }),
    remove: defineRoute({
      name: `${name}.remove`,
      summary: `Takes ${one} out as it was read at \`version\`. 409 when somebody changed it meanwhile, or others still name it.`,
      method: 'DELETE',
      path: `${path}/:${key}`,
      query: z.object({ version: z.coerce.number().pipe(Version) }),
      ...{ params, answer: z.object({}), ...write },
    }),
    import: defineRoute({
      name: `${name}.import`,
      summary:
        'Imports from .xlsx or CSV by key; with an error in any line nothing is written. `dryRun=true` only reports; an import that broke off is run again.',
      method: 'POST',
      path: `${path}/import`,
      ...{ query: ImportQuery, body: RegisterUpload, answer: ImportReport, status: 200, ...write },
    }),
    template: defineRoute({
      name: `${name}.import-template`,
      summary: 'An .xlsx with the headings of the register, an example line and explanations in Bahasa.',
      method: 'GET',
      path: `${path}/import/template`,
      // the file itself, not JSON
      ...{ answer: z.unknown(), ...write },
    }),
  };
}
