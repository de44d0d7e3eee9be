import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ChangeDeviceCredentials,
  createClient,
  IssueDeviceKey,
  ListDeviceCredentials,
  people,
  RegisterTruck,
  routes,
  type AgencyDevice,
  type Client,
  type RouteContract,
} from '@siaga/contracts';
import { signToken, type Principal } from '@siaga/service';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import fc from 'fast-check';
import { z } from 'zod';
import { fitting } from './inputs.ts';

const secret = randomBytes(32).toString('hex');
const home = '3574';
const phone: AgencyDevice = { agency: 'dlh', protocol: 'osmand', deviceId: 'hp-07' };
const keyed: AgencyDevice = { ...phone, deviceId: 'hp-08' };
/** DLH said nothing of it, and it is on no truck. */
const nobodys: AgencyDevice = { ...phone, deviceId: 'hp-09' };
let city: TestCity;
let dlh: Client;
let dishub: Client;

const tokenOf = (over: Partial<Principal>) =>
  signToken(
    { id: 'admin', kind: 'person', city: home, agencies: ['dlh'], roles: ['agency-admin'], exercise: false, ...over },
    secret,
    '5m',
  );
const as = async (over: Partial<Principal>) => createClient({ baseUrl: city.url, token: await tokenOf(over) });

beforeAll(async () => {
  city = await startTestCity({ env: { SIAGA_SECRET: secret, SIAGA_CITY: home } });
  [dlh, dishub] = await Promise.all([as({ id: 'admin-dlh' }), as({ id: 'admin-dishub', agencies: ['dishub'] })]);
  const devices = [phone, keyed].map(({ protocol, deviceId }) => ({ protocol, deviceId }));
  await dlh(RegisterTruck, {
    body: { truckId: 'DLH-07', plate: 'N 7 RP', hullNumber: '07', kind: 'dump', capacityKg: 4000, devices },
  });
  await dlh(IssueDeviceKey, { params: keyed });
}, 180_000);
afterAll(async () => {
  await city.stop();
  await city.remove();
});

let seconds = 0;
const report = async ({ deviceId }: AgencyDevice) => {
  const at = `lat=-7.77&lon=113.2&timestamp=${String(Math.floor(Date.now() / 1000) - 600 + ++seconds)}`;
  const answer = await fetch(`${city.url}/ingest/osmand?id=${deviceId}&${at}`);
  return { status: answer.status, text: (await answer.text()).replaceAll(deviceId, 'it') };
};

/** Routes that name whose thing they are about. */
const owned = routes.filter(({ params }) => params instanceof z.ZodObject && 'agency' in params.shape);

/** What somebody hears of a device. */
async function heard(
  route: RouteContract,
  { device, seed, token }: { device: AgencyDevice; seed: number; token: string },
) {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => device[name as keyof AgencyDevice]);
  const [body] = route.body === undefined ? [] : fc.sample(fitting(route.body), { numRuns: 1, seed });
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${city.url}${path}`, { method: route.method, headers, ...sent });
  return `${String(answer.status)} ${(await answer.text()).replace(/"correlation":"[^"]*"/, '')}`;
}

describe('the other agency', () => {
  it.each(owned.map((route) => [route.name, route] as const))(
    '%s: nobody of it does anything to a device, or hears whether it is there',
    async (_, route) => {
      const seed = Date.now() % 1_000_000;
      for (const role of people.filter((name) => name !== 'city-admin')) {
        const token = await tokenOf({ agencies: ['dishub'], roles: [role], id: `${role}-dishub` });
        const [there, nowhere] = [await heard(route, { device: keyed, seed, token }), await heard(route, { device: nobodys, seed, token })]; // prettier-ignore
        expect({ role, seed, there }).toEqual({ role, seed, there: nowhere });
        expect({ role, seed, there }).toEqual({ role, seed, there: expect.stringMatching(/^40[34] /) });
      }
    },
  );

  it('knows devices by routes that name whose they are', () => {
    expect(owned.map(({ name }) => name)).toEqual(
      expect.arrayContaining([IssueDeviceKey.name, ChangeDeviceCredentials.name]),
    );
    expect(routes.filter(({ path }) => path.includes(':deviceId') && !path.includes(':agency'))).toEqual([]);
  });

  it('left all as it was', async () => {
    const { items } = await dlh(ListDeviceCredentials, { query: {} });
    expect(items).toMatchObject([{ ...keyed, version: 1, blocked: false, networks: [] }]);
  });

  it('shuts no tracker out by giving its id a key, or blocking it, in its own name', async () => {
    const theirs = { ...phone, agency: 'dishub' as const };
    await dishub(IssueDeviceKey, { params: theirs });
    await dishub(ChangeDeviceCredentials, { params: theirs, body: { version: 1, blocked: true } });
    expect((await dishub(ListDeviceCredentials, { query: {} })).items).toMatchObject([{ ...theirs, blocked: true }]);
    // of one log: who has heard of DLH's later word has heard of these
    await dlh(ChangeDeviceCredentials, { params: nobodys, body: { version: 0, blocked: true } });
    await eventually(async () => expect(await report(keyed)).toEqual(await report(nobodys)));
    expect((await report(phone)).status).toBe(200);

    await dlh(ChangeDeviceCredentials, { params: phone, body: { version: 0, blocked: true } });
    await eventually(async () => expect(await report(phone)).toEqual(await report({ ...phone, deviceId: 'hp-10' })));
  });
});
