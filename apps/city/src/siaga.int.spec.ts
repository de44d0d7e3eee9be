import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTopic, openEventLog, topicOf } from '@siaga/bus';
import { cloudEventHeaders, createClient, FixRecorded, ListTrucks, RegisterTruck, roles } from '@siaga/contracts';
import { eventually, startTestCity, type TestCity } from '@siaga/testing';
import { CommandLine } from './command-line.harness.ts';

const truck = { truckId: 'T-1', plate: 'N 1 A', hullNumber: '1', kind: 'dump', capacityKg: 4000 } as const;

interface CityStatus {
  services: { service: string }[];
}

/** A city that asks for tokens, as with `--lan`, on an address only this machine reaches. */
describe('the command line', () => {
  let city: TestCity;
  beforeAll(async () => {
    city = await startTestCity({ args: ['--no-simulator', '--lan'], env: { HOST: '127.0.0.2' } });
  }, 180_000);
  afterAll(async () => {
    await city.stop();
    await city.remove();
  }, 30_000);

  const siaga = (...args: string[]) => new CommandLine(city.dataDir).run(...args);
  const refusalOf = (...args: string[]) => new CommandLine(city.dataDir).refusalOf(...args);
  const client = async (role: string) =>
    createClient({ baseUrl: city.url, token: await siaga('token', '--role', role) });

  it('prints a token for each role, which opens what that role may do and nothing else', async () => {
    await expect(createClient({ baseUrl: city.url })(ListTrucks, { query: {} })).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    const viewer = await client('viewer');
    expect((await viewer(ListTrucks, { query: {} })).items).toEqual([]);
    await expect(viewer(RegisterTruck, { body: truck })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await refusalOf('token', '--role', 'mayor')).toMatch(new RegExp(roles.join('[^]*')));
  });

  it('shows whether the city is ready, for machines too', async () => {
    // a service that is long in answering is not ready, on a busy machine too
    const statusNow = () => eventually(async () => JSON.parse(await siaga('city', 'status', '--json')) as CityStatus);
    expect(await statusNow()).toMatchObject({ url: city.url, ready: true });
    await eventually(async () => {
      const text = await siaga('city', 'status');
      expect(text).toMatch(/gateway@\S+ {2}siap · ready .*layar · screens 0 .*dead letters 0/);
      expect(text).toMatch(/waste@\S+ {2}siap · ready {2}tertinggal · behind 0/);
    });
    const pids = await city.pids();
    const { waste = 0 } = pids;
    const { services } = await statusNow();
    expect(services.map(({ service }) => service).toSorted()).toEqual(
      Object.keys(pids)
        .filter((name) => name !== 'engine')
        .toSorted(),
    );
    process.kill(waste, 'SIGSTOP');
    const stopped = await siaga('city', 'status')
      .catch((error: unknown) => error)
      .finally(() => process.kill(waste, 'SIGCONT'));
    expect(stopped).toMatchObject({ code: 1, stderr: 'kota belum siap · the city is not ready: waste\n' });
    const { stdout } = stopped as { stdout: string };
    expect(stdout).toMatch(/^http\S+ {2}belum siap · not ready\n/);
    expect(stdout).toMatch(/waste@\S+ {2}belum siap · not ready \(tidak menjawab/);
  });

  it('clears nothing that is real', async () => {
    const admin = await client('agency-admin');
    await admin(RegisterTruck, { body: truck });
    expect(JSON.parse(await siaga('exercise', 'clear', '--json'))).toMatchObject({ trucks: 0, fixes: 0 });
    expect((await admin(ListTrucks, { query: {} })).items).toMatchObject([{ truckId: 'T-1' }]);
  });

  it('lists what no handler could take, with the reason, and gives it once more', async () => {
    expect(await siaga('dlq', 'list')).toBe('kosong · empty');
    const { logSocket } = JSON.parse(await siaga('city', 'status', '--json')) as { logSocket: string };
    const log = await openEventLog({ SIAGA_ENGINE: logSocket });
    const headers = {
      [cloudEventHeaders.type]: FixRecorded.name,
      [cloudEventHeaders.id]: 'poison',
      [cloudEventHeaders.city]: '3574',
    };
    await log.append(topicOf('3574', FixRecorded.stream), [{ key: 'T-1', value: Buffer.from('{"lat":'), headers }]);
    await eventually(async () => {
      const letters = JSON.parse(await siaga('dlq', 'list', '--json')) as { group: string; cause: string }[];
      expect(letters.map(({ group }) => group).toSorted()).toEqual([
        '3574.waste.HistoryProjection.recorded',
        '3574.waste.MarkerProjection.recorded',
      ]);
    }, 15_000);
    expect(await refusalOf('dlq', 'replay')).toContain('npm run -s siaga -- dlq list');
    expect(JSON.parse(await siaga('dlq', 'replay', '--all', '--json'))).toEqual({ replayed: 2 });
    expect((await log.ends(deadLetterTopic('3574').topic)).logId).not.toBe('');
    await log.close();
  });

  it('recomputes the audit trail, and what was exported of it, and says where it was tampered with', async () => {
    const whole = await siaga('audit', 'verify');
    const [, records, head = ''] = /^rantai utuh, (\d+) catatan, kepala (\d+:[\da-f]{64})$/m.exec(whole) ?? [];
    expect(Number(records)).toBeGreaterThan(1);
    expect(JSON.parse(await siaga('audit', 'verify', '--noted', head, '--json'))).toMatchObject({ intact: true });
    const [seq = ''] = head.split(':');
    const forged = siaga('audit', 'verify', '--noted', `${seq}:${'0'.repeat(64)}`, '--json');
    await expect(forged).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('rewritten') });
    expect(await refusalOf('audit', 'verify', '--noted', 'yesterday')).toContain('<seq>:<hash>');

    const file = path.join(city.dataDir, 'trail.jsonl');
    expect(await refusalOf('audit', 'export')).toContain('--file');
    await siaga('audit', 'export', '--file', file);
    expect(await refusalOf('audit', 'export', '--file', file)).toContain('ada di sana');
    expect(await siaga('audit', 'verify', '--file', file, '--noted', head)).toContain('rantai utuh');
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, lines.with(1, (lines[1] ?? '').replace('"atMs":1', '"atMs":2')).join('\n'));
    const changed = siaga('audit', 'verify', '--file', file);
    await expect(changed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('putus di catatan 1') });
    await writeFile(file, lines.toSpliced(2, 1).join('\n'));
    const missing = siaga('audit', 'verify', '--file', file);
    await expect(missing).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('catatan 2 sampai 2 hilang'),
    });
  });

  it('shows what there is: everything, a noun, one command', async () => {
    const all = await siaga();
    expect(await siaga('help')).toBe(all);
    for (const line of ['  city status  ', '  user erase  ', '  restore  ']) expect(all).toContain(line);
    const verbs = await siaga('device');
    expect(await siaga('device', 'help')).toBe(verbs);
    expect(verbs.match(/^npm run -s siaga -- device \w+/gm)).toHaveLength(4);
    expect(await siaga('token', '--help')).toMatch(/^npm run -s siaga -- token --role .*\n.*$/);
  });

  it('refuses in a sentence what it does not know, and does nothing', async () => {
    const wrongVerb = await refusalOf('device', 'explode');
    expect(wrongVerb).toContain('Tidak ada perintah "device explode"');
    expect(wrongVerb.match(/^npm run -s siaga -- (\w+)/gm)).toEqual(Array(4).fill('npm run -s siaga -- device'));
    const refused: [string[], RegExp][] = [
      [['explode'], /^Tidak ada perintah "explode" · no such command: city, user/],
      [['audit', 'verify', 'extra'], /^"extra" berlebih, .*: npm run -s siaga -- audit help\n$/],
      [['token', '--rol', 'viewer'], /^tidak ada pilihan --rol · there is no option --rol/],
      [['token', '--role'], /^--role perlu nilai/],
      [['token', '--json=yes', '--role', 'viewer'], /^--json tidak memakai nilai/],
      [['token'], /^--role: belum disebut · is missing\n$/],
      [['token', '--role', 'viewer', '--lifetime', '366d'], /^--lifetime: bilangan .*dari 1m sampai 365d.*\n$/],
      [['token', '--role', 'viewer', '--lifetime', '0h'], /^--lifetime: bilangan .*dari 1m sampai 365d.*\n$/],
      [['token', '--role', 'viewer', '--lifetime', 'lama'], /^--lifetime: bilangan .*from 1m to 365d\n$/],
      [['user', 'list', '--city', 'abc'], /^--city: kode kota, empat angka/],
      [['user', 'list', '--city', '9999'], /^kota 9999 tidak dilayani di sini/],
      [['audit', 'verify', '--file', '/none'], /^\/none tidak dapat dipakai/],
    ];
    const said = await Promise.all(refused.map(([args]) => refusalOf(...args)));
    for (const [at, [, sentence]] of refused.entries()) expect(said[at]).toMatch(sentence);
  });

  it('finds no city where there is none, and makes nothing there', async () => {
    const none = path.join(city.dataDir, 'none');
    const elsewhere = new CommandLine(none);
    const wrong = [['city', 'status'], ['city', 'list'], ['token', '--role', 'viewer'], ['certificate', 'make'], ['secret', 'rotate'], ['user', 'list'], ['dlq', 'list'], ['backup', '--to', none]]; // prettier-ignore
    const said = await Promise.all(wrong.map((args) => elsewhere.refusalOf(...args)));
    expect(new Set(said)).toEqual(
      new Set([
        expect.stringMatching(/^Tidak ada kota di folder .*\nNo city lives in .* start one there with npm start/),
      ]),
    );
    expect(await elsewhere.refusalOf('restore', '--from', none)).toMatch(/^\S+ bukan cadangan utuh/);
    expect(existsSync(none)).toBe(false);
  });

  it('knows a device before it lets it in again, and a person before it forgets him', async () => {
    expect(await refusalOf('device', 'unblock', 'dlh', 'osmand', '404')).toContain('tidak ada perangkat dlh');
    await siaga('device', 'block', 'dlh', 'osmand', '404');
    expect(await siaga('device', 'unblock', 'dlh', 'osmand', '404')).toContain('didengar lagi');
    expect(await refusalOf('user', 'erase', 'nobody', '--yes')).toContain('tidak ada pengguna nobody');
  });

  it('is the only city of its folder, and a second start says so before it asks for the port', async () => {
    const { port, hostname } = new URL(city.url);
    const second = startTestCity({ dataDir: city.dataDir, env: { HOST: hostname, PORT: port } });
    await expect(second).rejects.toThrow(`sudah berjalan dengan folder data ${city.dataDir}`);
    await expect(second).rejects.toThrow(`open ${city.url}`);
  });

  it('goes back to a backup, and says what is undone, since when, and what to do', async () => {
    const to = path.join(city.dataDir, 'backups');
    expect(await refusalOf('backup')).toContain('SIAGA_BACKUP_DIR');
    expect(await refusalOf('backup', '--to', path.join(to, 'a', 'b'))).toContain('disknya sudah terpasang?');
    await siaga('city', 'add', '3573', '--name', 'Kota Malang', '--centre=-7.98,112.63');
    await siaga('certificate', 'make', '--name', 'siaga.example');
    const { folder } = JSON.parse(await siaga('backup', '--to', to, '--json')) as { folder: string };
    expect(await siaga('city', 'status')).toMatch(/cadangan · backup belum pernah/); // inside the data folder: none
    expect(await refusalOf('restore', '--from', folder)).toContain('hentikan dulu');
    await city.stop();
    expect(await refusalOf('restore', '--from', folder)).toContain('tambahkan --replace');
    const own = (name: string) => readFile(path.join(city.dataDir, name), 'utf8');
    const before = [await own('cities.json'), await own('tls/ca.key'), await own('tls/city.crt')];
    await rm(path.join(city.dataDir, 'tls'), { recursive: true });
    await rm(path.join(city.dataDir, 'cities.json'));
    const told = await siaga('restore', '--from', folder, '--replace');
    expect(told).toMatch(
      /^Yang terjadi sesudah \d+ \S+ \d{4}, \d\d\.\d\d WIB batal, juga pemblokiran .*\nperiksa orang/m,
    );
    expect(told).toMatch(/^ {2}npm run -s siaga -- secret rotate$[^]*^ {2}npm run -s siaga -- certificate renew$/m);
    expect([await own('cities.json'), await own('tls/ca.key'), await own('tls/city.crt')]).toEqual(before);
    const [, replaced = ''] = /utuh di (\S+\/replaced-\d{8}T\d{6}Z): hapus/.exec(told) ?? [];
    expect(await readdir(replaced)).toContain('siaga.lmdb');
    expect(told).toContain(`rm -r ${replaced}`);
  }, 180_000);
});
