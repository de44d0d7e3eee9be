import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestCity, type TestCity } from '@siaga/testing';

/** What an administrator reads when a start cannot be: one clear sentence each, and nothing left running. */
describe('a start that cannot be', () => {
  let city: TestCity;
  beforeAll(async () => {
    city = await startTestCity();
  });
  afterAll(async () => {
    await city.stop();
    await city.remove();
  });

  it('is refused on the data folder of a running city', async () => {
    await expect(startTestCity({ dataDir: city.dataDir })).rejects.toThrow(/already/i);
    expect((await fetch(`${city.url}/health/ready`)).status).toBe(200);
    const record = await readFile(path.join(city.dataDir, 'running.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ url: city.url });
  });

  it('is refused on a port in use', async () => {
    const { port } = new URL(city.url);
    await expect(startTestCity({ env: { PORT: port } })).rejects.toThrow(
      `Port ${port} is already in use: stop what uses it, or choose another with PORT`,
    );
  });

  it('is refused on a data folder that cannot be one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'siaga-start-'));
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    await expect(startTestCity({ dataDir: path.join(file, 'data') })).rejects.toThrow(
      /data folder .* cannot be written .* SIAGA_DATA/,
    );
    await rm(folder, { recursive: true });
  });

  it('is refused with a wrong environment, naming each variable', async () => {
    await expect(startTestCity({ env: { PORT: '99999', SIAGA_CITY: 'Probolinggo' } })).rejects.toThrow(
      /PORT[^]*SIAGA_CITY/,
    );
  });
});
