import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createClient, GetSetup, ListTrucks, RegisterTruck, TruckRegistered, type Client } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { signToken, type Principal } from '@siaga/service';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';

/** Nobody signs in while it is away; everybody who is in goes on as if nothing were. */
describe('the identity service dies', () => {
  let city: TestCity;
  let call: Client;
  let wall: Live;
  const states: string[] = [];

  beforeAll(async () => {
    city = await startTestCity({ args: ['--no-simulator', '--lan'], env: { HOST: '127.0.0.2' } });
    const somebody: Principal = {
      ...{ id: 'an-operator', kind: 'person', city: '3574', exercise: false },
      ...{ agencies: ['command'], roles: ['city-admin'] },
    };
    // as long as an access token of somebody who signed in
    const token = await signToken(somebody, await readFile(path.join(city.dataDir, 'secret'), 'utf8'), '10m');
    call = createClient({ baseUrl: city.url, token });
    wall = createLive({ url: city.url, token: () => Promise.resolve(token), streams: [TruckRegistered.stream.name] });
    await eventually(() => expect(wall.status.get().state).toBe('live'));
    wall.status.subscribe(() => states.push(wall.status.get().state));
  }, 60_000);
  afterAll(async () => {
    wall.close();
    await city.stop();
    await city.remove();
  }, 60_000);

  it('and comes back by itself, while calls are answered and screens stay live', async () => {
    const { identity: dead = 0, ...before } = await city.pids();
    signal(dead, 'SIGKILL');
    await eventually(() => expect(call(GetSetup, {})).rejects.toMatchObject({ kind: 'unavailable' }));
    let pressed = 0;
    await eventually(async () => {
      pressed += 1;
      const truckId = `T-${String(pressed)}`;
      const body = { truckId, plate: 'N 1 A', hullNumber: '1', kind: 'dump', capacityKg: 4000 } as const;
      await call(RegisterTruck, { body });
      await eventually(() => expect(wall.latest(TruckRegistered).get().has(truckId)).toBe(true), 2000);
      await call(GetSetup, {});
    }, 20_000);
    const { items } = await call(ListTrucks, { query: {} });
    expect(items).toHaveLength(pressed);
    const { identity, ...others } = await city.pids();
    expect(others).toEqual(before);
    expect(identity).not.toBe(dead);
    expect(new Set(states)).toEqual(new Set(['live']));
  }, 40_000);
});
