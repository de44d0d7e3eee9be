import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Certificates } from './certificates.ts';

const DAY_MS = 86_400_000;

describe('a certificate of our own', () => {
  let folder: string;
  let certificates: Certificates;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'siaga-tls-'));
    certificates = new Certificates(folder, 'Siaga Kota Probolinggo');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (file: keyof Certificates['files']) => readFile(certificates.files[file], 'utf8');
  const leaf = async () => new X509Certificate(await read('certificate'));

  /** Shakes hands with a server that shows the certificate, as a phone that trusts the authority would. */
  async function handshake(servername: string): Promise<string> {
    const server = createServer({ cert: await read('certificate'), key: await read('key') });
    server.on('secureConnection', (socket) => socket.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({ host: '127.0.0.1', port, servername, ca: await read('authority') });
    const outcome = await once(client, 'secureConnect').then(
      () => 'trusted',
      (error: unknown) => (error as { code: string }).code,
    );
    client.destroy();
    server.close();
    return outcome;
  }

  it('is trusted for its names and for no other, by who trusts the authority', async () => {
    await certificates.make(['siaga.kota.test'], 397);
    expect(await handshake('siaga.kota.test')).toBe('trusted');
    expect(await handshake('localhost')).toBe('trusted');
    expect(await handshake('elsewhere.test')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is also for addresses: the ones named, and those of this machine', async () => {
    const { names } = await certificates.make(['10.20.30.40', '2001:db8::7'], 397);
    const certificate = await leaf();
    for (const address of [
      '10.20.30.40',
      '2001:db8::7',
      '127.0.0.1',
      '::1',
      ...names.filter((name) => /^\d+\./.test(name)),
    ])
      expect([address, certificate.checkIP(address)]).toEqual([address, address]);
    expect(certificate.checkIP('10.20.30.41')).toBeUndefined();
  });

  it('keeps what browsers ask of it: no authority, for servers, not for longer than 397 days', async () => {
    const { expiresAtMs } = await certificates.make([], 397);
    const certificate = await leaf();
    const authority = new X509Certificate(await read('authority'));
    expect(certificate.validToDate.getTime()).toBe(expiresAtMs);
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBe(397 * DAY_MS);
    expect(certificate.validFromDate.getTime()).toBeLessThan(Date.now());
    expect({ leaf: certificate.ca, authority: authority.ca }).toEqual({ leaf: false, authority: true });
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.verify(authority.publicKey)).toBe(true);
  });

  it('is renewed with its names and a new key, by the same authority', async () => {
    await certificates.make(['siaga.kota.test', '2001:db8::7'], 10);
    const before = { ...(await pems()), names: (await leaf()).subjectAltName };
    const { expiresAtMs } = await certificates.renew(397);
    const after = { ...(await pems()), names: (await leaf()).subjectAltName };
    expect(after).toMatchObject({ authority: before.authority, names: before.names });
    expect(after.key).not.toBe(before.key);
    expect(expiresAtMs).toBeGreaterThan(Date.now() + 396 * DAY_MS);
    expect(await handshake('siaga.kota.test')).toBe('trusted');
  });

  const pems = async () => ({ authority: await read('authority'), key: await read('key') });

  it('lies in files for their owner only', async () => {
    await certificates.make([], 1);
    const names = await readdir(path.join(folder, 'tls'));
    expect(names.toSorted()).toEqual(['ca.crt', 'ca.key', 'city.crt', 'city.key']);
    for (const name of ['', ...names]) expect((await stat(path.join(folder, 'tls', name))).mode & 0o077).toBe(0);
  });

  it.each(['https://siaga.kota.go.id', 'kota siaga', '', '-x', '10.0.0.0/8'])(
    'is not made for %j, and says what a name is',
    async (name) => {
      await expect(certificates.make([name], 1)).rejects.toThrow(/bukan nama host atau alamat IP · not a host name/);
    },
  );

  it('cannot be renewed before there is one', async () => {
    await expect(certificates.renew(1)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
