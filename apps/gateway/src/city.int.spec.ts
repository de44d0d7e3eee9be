import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { BeginCity, createClient, GetCity, type Role } from '@siaga/contracts';
import { signToken, type RunningService } from '@siaga/service';
import { eventually, startTestEngine, type TestEngine } from '@siaga/testing';
import { GatewayConfig } from './config.ts';
import { startGateway } from './gateway.module.ts';

const city = '3574';
const secret = 'a secret of at least thirty-two characters';

let engine: TestEngine;
let gateway: RunningService;
const start = async () =>
  startGateway(
    GatewayConfig.parse({ SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret, SIAGA_SIMULATOR: 'true' }),
    await openEventLog({ SIAGA_ENGINE: engine.logSocket }),
  );
const as = async (role: Role) => {
  const principal = { id: role, kind: 'person', city, agencies: ['command'], roles: [role], exercise: false } as const;
  return createClient({ baseUrl: gateway.url, token: await signToken(principal, secret, '1m') });
};

beforeAll(async () => {
  engine = await startTestEngine();
  gateway = await start();
});
afterAll(async () => {
  await gateway.close();
  await engine.close();
});

describe('a city that tries things out', () => {
  it('begins in earnest when its administrator says so, once, and after every restart it still has', async () => {
    const [admin, supervisor] = [await as('city-admin'), await as('supervisor')];
    const tried = await admin(GetCity, {});
    expect([tried.simulator, tried.beganAtMs]).toEqual([true, undefined]);
    await expect(supervisor(BeginCity, {})).rejects.toMatchObject({ kind: 'forbidden' });

    const { beganAtMs } = await admin(BeginCity, {});
    await eventually(async () => {
      expect(await supervisor(GetCity, {})).toMatchObject({ simulator: false, beganAtMs });
    });
    expect(await admin(BeginCity, {})).toEqual({ beganAtMs });

    await gateway.close();
    gateway = await start();
    expect(await (await as('viewer'))(GetCity, {})).toMatchObject({ simulator: false, beganAtMs });
  });
});
