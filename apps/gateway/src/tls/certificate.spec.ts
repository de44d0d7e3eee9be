import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig, termsOf } from '@siaga/service';
import { makeCertificate } from '@siaga/testing';
import { GatewayConfig } from '../config.ts';

let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-certificate-'));
  const [mine, other] = await Promise.all([
    makeCertificate(['siaga.test', '10.1.2.3']),
    makeCertificate(['other.test']),
  ]);
  const contents = { 'my.crt': mine.cert, 'my.key': mine.key, 'other.key': other.key, 'no.pem': 'hello' };
  await Promise.all(Object.entries(contents).map(([name, content]) => writeFile(file(name), content)));
  await writeFile(file('chain.crt'), other.cert + mine.cert);
  expect(termsOf(mine)).toMatchObject({ names: 'DNS:siaga.test, IP Address:10.1.2.3' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('HTTPS is asked for with', () => {
  const start = (cert: string | undefined, key: string | undefined) =>
    loadConfig(GatewayConfig, {
      ...(cert === undefined ? {} : { TLS_CERT_FILE: file(cert) }),
      ...(key === undefined ? {} : { TLS_KEY_FILE: file(key) }),
    });

  it('a certificate and its key', () => {
    expect(start('my.crt', 'my.key')).toMatchObject({ TLS_CERT_FILE: file('my.crt') });
    expect(start(undefined, undefined)).not.toHaveProperty('TLS_CERT_FILE');
  });

  it.each([
    ['my.crt', undefined, 'TLS_KEY_FILE: is needed with TLS_CERT_FILE'],
    [undefined, 'my.key', 'TLS_CERT_FILE: is needed with TLS_KEY_FILE'],
    ['gone.crt', 'my.key', /gone\.crt cannot be read: ENOENT/],
    ['no.pem', 'my.key', /no\.pem holds no certificate in PEM/],
    ['my.crt', 'no.pem', /no\.pem holds no private key in PEM/],
    ['my.crt', 'other.key', /other\.key is not the key of the first certificate in .*my\.crt: take both/],
    ['chain.crt', 'my.key', /the city’s own certificate first/],
  ])('not with %s and %s, and it says why', (cert, key, sentence) => {
    expect(() => start(cert, key)).toThrow(sentence);
  });
});
