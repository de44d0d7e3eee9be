import type { Agency, PersonRole, RouteContract } from '@siaga/contracts';
import type { Principal } from '@siaga/service';

/** Who asks. */
export const askers = {
  'city-admin': { agencies: ['command'], roles: ['city-admin'] },
  'agency-admin of dlh': { agencies: ['dlh'], roles: ['agency-admin'] },
  'agency-admin of bpbd': { agencies: ['bpbd'], roles: ['agency-admin'] },
  'agency-admin of both': { agencies: ['dlh', 'bpbd'], roles: ['agency-admin'] },
  'supervisor of dlh': { agencies: ['dlh'], roles: ['supervisor'] },
  'viewer of dlh': { agencies: ['dlh'], roles: ['viewer'] },
} satisfies Record<string, Owned>;
export type Asker = keyof typeof askers;

export const isAdmin = (asker: Asker): boolean => !/supervisor|viewer/.test(asker);
export const administrators = (Object.keys(askers) as Asker[]).filter(isAdmin);

/** Whose something is, and what it may do. */
export interface Owned {
  agencies: Agency[];
  roles: PersonRole[];
}

/** Who or what is asked for, and who may have it; to everybody else it is as if there were none. */
export const objects = {
  'of dlh': {
    ...{ agencies: ['dlh'], roles: ['dispatcher'] },
    for: ['city-admin', 'agency-admin of dlh', 'agency-admin of both'],
  },
  'of bpbd': {
    ...{ agencies: ['bpbd'], roles: ['viewer'] },
    for: ['city-admin', 'agency-admin of bpbd', 'agency-admin of both'],
  },
  'of both': { agencies: ['dlh', 'bpbd'], roles: ['agency-admin'], for: ['city-admin', 'agency-admin of both'] },
  'city-admin of dlh': { agencies: ['dlh'], roles: ['city-admin'], for: ['city-admin'] },
} satisfies Record<string, Owned & { for: Asker[] }>;
export type What = keyof typeof objects;

/** Every asker and every object. */
export const table = (Object.keys(objects) as What[]).flatMap((what) =>
  (Object.keys(askers) as Asker[]).map((asker) => {
    const { for: allowed, ...object }: Owned & { for: Asker[] } = objects[what];
    return { asker, what, object, may: allowed.includes(asker) };
  }),
);

/** What an asker is to find of all objects. */
export const expectedFor = (asker: Asker): What[] =>
  (Object.keys(objects) as What[]).filter((what) => (objects[what].for as Asker[]).includes(asker)).toSorted();

/** Where to ask, and how to be somebody. */
interface Asked {
  url: string;
  tokenOf(over: Partial<Principal>): Promise<string>;
}

/** Everything of an answer but its time and correlation: what somebody could tell two refusals apart by. */
export async function answerOf(
  identity: Asked,
  asker: Asker,
  { route, path, body }: { route: RouteContract; path: string; body?: unknown },
) {
  const token = await identity.tokenOf({ id: `asks-${asker.replaceAll(' ', '-')}`, ...askers[asker] });
  const response = await fetch(identity.url + path, {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = (await response.text()).replace(/"correlation":"[\w-]+"/, '');
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers, text };
}
