import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BeginCity, createClient, GetCity, ListTrucks } from '@siaga/contracts';
import { eventually, signal, startTestCity, type TestCity } from '@siaga/testing';

/** As `npm start` does: with the simulator. */
describe('a city that begins in earnest', () => {
  let city: TestCity;
  beforeAll(async () => {
    city = await startTestCity({ args: [] });
  }, 180_000);
  afterAll(async () => {
    await city.stop();
    await city.remove();
  }, 30_000);

  const call = () => createClient({ baseUrl: city.url });
  const trucks = async () => (await call()(ListTrucks, { query: {} })).items.length;

  it('loses what was simulated, and no start brings it back: not of a simulator that crashed, not of the city', async () => {
    await eventually(async () => expect(await trucks()).toBe(15), 20_000);
    expect(city.printed()).toContain(`${city.url}/mulai`);
    const { simulator: trying = 0 } = await city.pids();
    expect(signal(trying, 'SIGKILL')).toBe(true);

    const { beganAtMs } = await call()(BeginCity, {});
    await eventually(() =>
      expect(city.printed()).toContain('the city works in earnest: nothing is simulated any more'),
    );
    await eventually(async () => expect(await trucks()).toBe(0), 20_000);

    await city.stop();
    city = await startTestCity({ args: [], dataDir: city.dataDir });
    await eventually(() =>
      expect(city.printed()).toContain('Kota ini sudah mulai sungguhan: simulator tidak dinyalakan'),
    );
    expect(await city.pids()).not.toHaveProperty('simulator');
    expect(await call()(GetCity, {})).toMatchObject({ simulator: false, beganAtMs });
    expect(await trucks()).toBe(0);
  }, 90_000);
});
