import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outgoing } from './outgoing.ts';

let server: Server;
let url: string;
const heard: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.url === '/away') response.writeHead(302, { location: '/stolen' }).end();
    else if (request.url !== '/silent') response.writeHead(request.url === '/no' ? 500 : 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message = (path: string, over: object = {}) => ({
  url: `${url}${path}`,
  headers: {},
  body: '{}',
  withinMs: 2000,
  ...over,
});
const refused = { kind: 'invalid' };

describe('an address that a user chose', () => {
  it.each([
    ...[
      'https://127.0.0.1',
      'https://127.1',
      'https://0x7f000001/',
      'https://2130706433',
      'https://0.0.0.0',
      'https://10.1.2.3',
    ],
    ...['https://172.31.0.1', 'https://192.168.1.1:8443/x', 'https://169.254.169.254/latest', 'https://100.64.0.1'],
    ...[
      'https://[::1]',
      'https://[::]',
      'https://[::ffff:127.0.0.1]',
      'https://[::ffff:a9fe:a9fe]',
      'https://[fe80::1]',
    ],
    ...['https://[fd00::1]', 'https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://localhost'],
    ...['http://8.8.8.8', 'ftp://8.8.8.8', 'https://user:word@8.8.8.8', 'https://', 'file:///etc/passwd'],
  ])('%s is refused, when it is registered and when it is used', async (address) => {
    const outgoing = new Outgoing();
    await expect(outgoing.refuse(address)).rejects.toMatchObject(refused);
    await expect(outgoing.post(message('', { url: address }))).rejects.toMatchObject(refused);
  });

  it.each(['https://8.8.8.8', 'https://[2606:4700::1111]:8443/hook'])('%s is not', async (address) => {
    await expect(new Outgoing().refuse(address)).resolves.toBeUndefined();
  });

  it('in a network the installation names is taken, also by HTTP; what it redirects to is not', async () => {
    const outgoing = new Outgoing(['127.0.0.0/8', '::1/128']);
    await outgoing.refuse(url);
    expect(await outgoing.post(message('/hook'))).toEqual({ status: 204 });
    expect(await outgoing.post(message('/no'))).toEqual({ status: 500 });
    expect(await outgoing.post(message('/away'))).toEqual({ status: 302 });
    expect(await outgoing.post(message('/named', { url: url.replace('127.0.0.1', 'localhost') + '/named' }))).toEqual({
      status: 204,
    });
    expect(heard).toEqual(['POST /hook', 'POST /no', 'POST /away', 'POST /named']);
    await expect(outgoing.post(message('', { url: 'http://10.1.2.3' }))).rejects.toMatchObject(refused);
  });

  it('that hangs or is not there is unavailable, in time', async () => {
    const outgoing = new Outgoing(['127.0.0.1']);
    await expect(outgoing.post(message('/silent', { withinMs: 50 }))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(outgoing.post(message('', { url: 'http://127.0.0.1:9' }))).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(() => new Outgoing(['intranet'])).toThrow('intranet is no network');
  });
});
