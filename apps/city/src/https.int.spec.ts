import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import { CommandLine } from './command-line.harness.ts';
import { DataFolder } from './data-folder.ts';

interface Made {
  names: string[];
  files: { authority: string; certificate: string; key: string };
}

/** A city on the network with a certificate of its own, as the command line makes it. */
describe('HTTPS without anybody else', () => {
  let city: TestCity;
  let siaga: CommandLine;
  let made: Made;
  beforeAll(async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-https-'));
    siaga = new CommandLine(dataDir, { PORT: '3443' });
    expect(await siaga.refusalOf('certificate', 'make')).toContain('Tidak ada kota');
    await new DataFolder(dataDir).open();
    made = await siaga.json<Made>('certificate', 'make', '--name', 'siaga.kota.test', '--name', '127.0.0.2');
    const { certificate, key } = made.files;
    const env = { HOST: '127.0.0.2', TLS_CERT_FILE: certificate, TLS_KEY_FILE: key };
    city = await startTestCity({ dataDir, args: ['--no-simulator', '--lan'], env });
  }, 180_000);
  afterAll(async () => {
    await city.stop();
    await city.remove();
  }, 30_000);

  /** Asks as a phone that was told to trust the authority. */
  const statusOf = async (url: string, more: { servername?: string } = {}) => {
    const ca = await readFile(made.files.authority);
    return new Promise<number | undefined>((resolve, reject) => {
      get(url, { ca, ...more }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  };

  it('is trusted by who trusts its authority, by address and by name', async () => {
    expect(city.url).toMatch(/^https:\/\/127\.0\.0\.2:/);
    expect(await statusOf(`${city.url}/health/ready`)).toBe(200);
    expect(await statusOf(`${city.url}/`, { servername: 'siaga.kota.test' })).toBe(200);
    await expect(fetch(`${city.url}/`)).rejects.toThrow();
    await expect(fetch(city.url.replace('https', 'http'))).rejects.toThrow();
  });

  it('is what the start prints', async () => {
    await eventually(() => expect(city.printed()).toContain(`Traccar Client: ${city.url}/ingest/osmand`));
    expect(city.printed()).not.toContain('http://');
  });

  it('is left alone by our own commands, which come in on this machine', async () => {
    expect(await siaga.json('city', 'status')).toMatchObject({ url: city.url, ready: true });
    expect(await siaga.run('exercise', 'clear')).toContain('dihapus');
  });

  it('is renewed with the same names, and says how to start with it and how phones get it', async () => {
    const { authority, certificate } = made.files;
    const told = await siaga.run('certificate', 'renew');
    expect(told).toContain(`SIAGA_DATA=${city.dataDir} PORT=3443 TLS_CERT_FILE=${certificate} TLS_KEY_FILE=`);
    const { fingerprint256 } = new X509Certificate(await readFile(authority));
    expect(told).toContain(fingerprint256);
    const renewed = await siaga.json<Made>('certificate', 'renew', '--days', '30');
    expect(renewed.names.toSorted()).toEqual(made.names.toSorted());
    expect(await siaga.refusalOf('certificate', 'make', '--days', '398')).toBe(
      '--days: paling banyak 397 · at most 397\n',
    );
    expect(await siaga.refusalOf('certificate', 'make', '--name', 'https://x')).toContain('bukan nama host');
  });
});
