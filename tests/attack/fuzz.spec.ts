import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeviceProtocol, routes } from '@siaga/contracts';
import { signToken } from '@siaga/service';
import { startTestCity, type TestCity } from '@siaga/testing';
import fc from 'fast-check';
import { misfittingShots, send, type Shot } from './doors.ts';

/** `npm run faults` shoots a hundred thousand times; `FAULTS_SEED` shoots the same again. */
const SHOTS = process.env['FAULTS_LONG'] === undefined ? 3_000 : 100_000;
const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
const AT_ONCE = 8;
const secret = randomBytes(32).toString('hex');

let city: TestCity;
let pids: Record<string, number>;
let authorization: string;
beforeAll(async () => {
  city = await startTestCity({ env: { SIAGA_SECRET: secret } });
  pids = await city.pids();
  const principal = { id: 'script', kind: 'service', city: '3574', agencies: ['command'], exercise: false } as const;
  authorization = `Bearer ${await signToken({ ...principal, roles: ['city-admin'] }, secret, '2h')}`;
}, 180_000);
afterAll(async () => {
  await city.stop();
  await city.remove();
});

/** What a device door is sent: as a query, as a form, as JSON, as noise. */
const deviceShots: fc.Arbitrary<Shot> = fc
  .tuple(
    fc.constantFrom(...DeviceProtocol.options),
    fc.dictionary(fc.constantFrom('id', 'lat', 'lon', 'timestamp', 'speed', 'location', '_type', 'x'), fc.string()),
    fc.oneof(fc.constant(undefined), fc.json(), fc.string()),
  )
  .map(([protocol, query, body]) => ({
    method: body === undefined ? 'GET' : 'POST',
    path: `/ingest/${protocol}?${new URLSearchParams(query).toString()}`,
    ...(body === undefined ? {} : { body }),
  }));

const doors: readonly (readonly [string, fc.Arbitrary<Shot>])[] = [
  ...routes.map((route) => [route.name, misfittingShots(route)] as const),
  ['devices', deviceShots],
];

/** No answer is our own mistake: 503 says that something is away or busy, 500 that we were surprised. */
const isSurprise = (status: number) => status >= 500 && status !== 503;

describe('anything sent to any door', () => {
  it.each(doors)(
    '%s answers it in words, and never with a surprise',
    async (_, arbitrary) => {
      const shots = fc.sample(arbitrary, { numRuns: Math.ceil(SHOTS / doors.length), seed });
      const surprises: { status: number; shot: Shot }[] = [];
      const left = shots.values();
      const gun = async () => {
        for (const shot of left) {
          const { status } = await send(city.url, shot, authorization);
          if (isSurprise(status)) surprises.push({ status, shot });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, gun));
      expect({ seed, surprises: surprises.slice(0, 5) }).toEqual({ seed, surprises: [] });
    },
    600_000,
  );

  it('leaves every process alive: an unhandled rejection would have ended one', async () => {
    expect(await city.pids()).toEqual(pids);
    expect((await fetch(`${city.url}/health/ready`)).status).toBe(200);
  });
});
