import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AcceptInvitation,
  createClient,
  GetMe,
  ListTrucks,
  ReadInvitation,
  type DeviceCredentials,
  type Person,
} from '@siaga/contracts';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import { CommandLine } from './command-line.harness.ts';

const password = 'a password that nobody guesses';

/** From an empty data folder to a city with people, over three starts. */
describe('the first administrator', () => {
  let city: TestCity;
  let siaga: CommandLine;
  beforeAll(async () => {
    city = await startTestCity();
    siaga = new CommandLine(city.dataDir);
  }, 180_000);
  afterAll(async () => {
    await city.stop();
    await city.remove();
  }, 30_000);

  const restart = async () => {
    await city.stop();
    city = await startTestCity({ dataDir: city.dataDir });
  };
  const printedLink = () =>
    eventually(() => {
      const link = /^ *(http\S+\/masuk)#undangan=(\S+)$/m.exec(city.printed());
      if (link === null) throw new Error(`no link in: ${city.printed()}`);
      expect(link[1]).toBe(`${city.url}/masuk`);
      return link[2] ?? '';
    });
  const tokenOf = (link = '') => link.replace(/^.*#undangan=/, '');
  const anyone = () => createClient({ baseUrl: city.url });

  /** Opens a link as a browser does; answers the session's cookies. */
  async function accept(token: string, userName?: string): Promise<string> {
    const answer = await fetch(city.url + AcceptInvitation.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: city.url },
      body: JSON.stringify({ token, userName, password }),
    });
    expect(answer.status).toBe(200);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .join('; ');
  }
  const me = async (cookie: string) => (await fetch(city.url + GetMe.path, { headers: { cookie } })).json();

  it('comes in by the link that the newest start printed, once, and by no other', async () => {
    const before = await printedLink();
    await restart();
    const now = await printedLink();
    await expect(anyone()(ReadInvitation, { body: { token: before } })).rejects.toMatchObject({ kind: 'not-found' });
    expect(city.printed()).toContain('siapa pun di komputer ini adalah operator');
    expect((await anyone()(ListTrucks, { query: {} })).items).toEqual([]);

    const cookie = await accept(now, 'sari');
    expect(await me(cookie)).toMatchObject({ kind: 'person', roles: ['city-admin'] });
    await expect(anyone()(ReadInvitation, { body: { token: now } })).rejects.toMatchObject({ kind: 'not-found' });
    // from now on nobody is anybody without signing in
    await eventually(() =>
      expect(anyone()(ListTrucks, { query: {} })).rejects.toMatchObject({ kind: 'unauthenticated' }),
    );
  }, 180_000);

  it('stays in, and so do scripts, when the secret is rotated and the city starts again', async () => {
    const script = await siaga.run('token', '--role', 'viewer');
    expect(await siaga.json('secret', 'rotate')).toEqual({ rotated: true, restartNeeded: true });
    expect(await siaga.json<Person[]>('user', 'list')).toMatchObject([{ userName: 'sari', roles: ['city-admin'] }]);
    expect(await siaga.refusalOf('secret', 'rotate')).toContain('mulai ulang Siaga dulu');
    await restart();
    await eventually(() => expect(city.printed()).toContain(`Masuk di · sign in at ${city.url}/masuk`));
    expect(city.printed()).not.toContain('undangan');
    expect((await createClient({ baseUrl: city.url, token: script })(ListTrucks, { query: {} })).items).toEqual([]);
    expect(await siaga.run('user', 'list')).toMatch(/^sari {2}Administrator pertama {2}city-admin {2}command/);
  }, 180_000);

  it('may forget the password: whoever owns the machine invites, renews, blocks', async () => {
    const { links } = await siaga.json<{ links: string[] }>('user', 'invite', '--name', 'Budi', '--role', 'dispatcher', '--agency', 'dlh'); // prettier-ignore
    const budi = await accept(tokenOf(links[0]), 'budi');
    expect(await siaga.json('user', 'block', 'budi')).toMatchObject({ userName: 'budi', blocked: true });
    await eventually(async () => expect(await me(budi)).toMatchObject({ status: 401 }));
    expect(await siaga.run('user', 'unblock', 'budi')).toContain('boleh masuk lagi');
    const renewed = await siaga.json<{ links: string[] }>('user', 'renew-password', 'sari');
    expect(await me(await accept(tokenOf(renewed.links[0])))).toMatchObject({ roles: ['city-admin'] });
    expect(await siaga.run('user', 'list')).toMatch(/^budi {2}.*masuk · signed in \d+ \S+ \d{4}, \d\d\.\d\d WIB$/m);
    expect(await siaga.refusalOf('user', 'erase', 'budi')).toContain('tambahkan --yes bila yakin');
    expect(await siaga.run('user', 'erase', 'budi', '--yes')).toMatch(/^budi: dihapus · erased/);
    expect(await siaga.run('user', 'list')).not.toMatch(/budi/i);
    expect(await siaga.refusalOf('user', 'block', 'nobody')).toContain('tidak ada pengguna nobody');
    expect(await siaga.refusalOf('user', 'invite', '--name', 'X', '--role', 'screen')).toContain('dispatcher');
    expect(await siaga.refusalOf('user', 'invite', '--name', 'X', '--role', 'responder')).toMatch(/--agency.*satpolpp/);
  }, 180_000);

  it('gives devices keys and shuts them out', async () => {
    const { key } = await siaga.json<{ key: string }>('device', 'key', 'dlh', 'osmand', '48241179');
    expect(key.length).toBeGreaterThan(40);
    await siaga.run('device', 'block', 'dlh', 'osmand', '48241179');
    const [device, ...others] = await siaga.json<DeviceCredentials[]>('device', 'list');
    expect(others).toEqual([]);
    expect(device).toMatchObject({ agency: 'dlh', deviceId: '48241179', hasKey: true, blocked: true });
    expect(await siaga.run('device', 'unblock', 'dlh', 'osmand', '48241179')).toContain('didengar lagi');
    expect(await siaga.refusalOf('device', 'key', 'osmand', '48241179')).toContain(
      'sebutkan OPD, protokol, dan id perangkat',
    );
  }, 180_000);
});
