import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agency, lackOf, roles, routes, type Role, type RouteContract } from '@siaga/contracts';
import { signToken, type Principal } from '@siaga/service';
import { startTestCity, type TestCity } from '@siaga/testing';
import fc from 'fast-check';
import { fittingShots, send } from './doors.ts';

const secret = randomBytes(32).toString('hex');
const OWN_CITY = '3574';
const OTHER_CITY = '3573';
const AT_ONCE = 8;

let city: TestCity;
let pids: Record<string, number>;
beforeAll(async () => {
  city = await startTestCity({ env: { SIAGA_SECRET: secret, SIAGA_CITY: OWN_CITY } });
  pids = await city.pids();
}, 180_000);
afterAll(async () => {
  await city.stop();
  await city.remove();
});

interface Who {
  role: Role;
  agency: Agency;
  city: string;
}

/**
 * Everybody a route tells apart: each role, of an agency that owns it and of one that does not; and from another city,
 * whose token is refused before anybody looks at its role, one who may the most and one who may the least.
 */
function askersOf({ agencies }: RouteContract): Who[] {
  const inside = agencies?.[0] ?? 'dishub';
  const outside = Agency.options.find((agency) => agencies?.includes(agency) === false);
  const own = (agency: Agency) => roles.map((role) => ({ role, agency, city: OWN_CITY }));
  const strangers = (['city-admin', 'screen'] as const).map((role) => ({ role, agency: inside, city: OTHER_CITY }));
  return [...own(inside), ...(outside === undefined ? [] : own(outside)), ...strangers];
}

const principalOf = ({ role, agency, city: of }: Who): Principal => ({
  ...{ id: 'script', kind: role === 'device' || role === 'screen' ? role : 'person' },
  ...{ city: of, agencies: [agency], roles: [role], exercise: false },
});

/** What the table promises this caller: 401 from another city, 403 without the role or agency, else not that. */
function promised(route: RouteContract, who: Who): 'open' | 401 | 403 {
  if (route.permission === 'anyone') return 'open';
  if (who.city !== OWN_CITY) return 401;
  return lackOf(route, { roles: [who.role], agencies: [who.agency] }) === undefined ? 'open' : 403;
}

async function answerTo(route: RouteContract, who: Who, seed: number) {
  const [shot] = fc.sample(fittingShots(route), { numRuns: 1, seed });
  if (shot === undefined) throw new Error(`nothing fits ${route.name}`);
  return send(city.url, shot, `Bearer ${await signToken(principalOf(who), secret, '5m')}`);
}

/** What is wrong with what the door answered this caller; undefined when it kept its promise. */
async function broken(route: RouteContract, who: Who, seed: number): Promise<string | undefined> {
  const { status, detail } = await answerTo(route, who, seed);
  const says = promised(route, who);
  // a door tells the name of the route it keeps shut; behind it the rules of its objects may still say no
  const isShut = status === 403 && detail.startsWith(`${route.name}: `);
  const isOpen = status < 500 && !isShut && (status !== 401 || route.permission === 'anyone');
  if (says === 'open' ? isOpen : says === 401 ? status === 401 : isShut) return undefined;
  return `${who.role} of ${who.agency} in ${who.city}: ${String(status)}, not ${String(says)}`;
}

describe('who may call what', () => {
  it.each(routes.map((route) => [route.name, route] as const))(
    '%s: the table is what the door does, for every role, agency and city',
    async (_, route) => {
      const seed = Date.now() % 1_000_000;
      const wrong: string[] = [];
      const left = askersOf(route).values();
      const ask = async () => {
        for (const who of left) wrong.push(...[await broken(route, who, seed)].filter((found) => found !== undefined));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, ask));
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    },
    60_000,
  );

  it('has a route for every role, and a role for every route', () => {
    const open = (role: Role) =>
      routes.filter((route) => lackOf(route, { roles: [role], agencies: Agency.options }) === undefined);
    expect(roles.filter((role) => role !== 'device' && open(role).length === 0)).toEqual([]);
    expect(routes.filter(({ permission }) => permission !== 'anyone' && permission.length === 0)).toEqual([]);
  });

  it('left every process alive', async () => {
    expect(await city.pids()).toEqual(pids);
  });
});
