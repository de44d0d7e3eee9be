import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClient, GetCity } from '@siaga/contracts';
import { startTestCity, type TestCity } from '@siaga/testing';
import { CommandLine } from './command-line.harness.ts';
import { DataFolder } from './data-folder.ts';

const malang = ['3573', '--name', 'Kota Malang', '--centre=-7.98,112.63'];
let dataDir: string;
let siaga: CommandLine;
let city: TestCity | undefined;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-cities-'));
  siaga = new CommandLine(dataDir);
  await new DataFolder(dataDir).open();
});
afterAll(async () => {
  await city?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('a city that was added is served from the next start on, and administered by whom its link invites', async () => {
  expect(await siaga.run('city', 'add', ...malang)).toContain('ditambahkan · added');
  expect(await siaga.run('city', 'list')).toContain('3573  Kota Malang  tidak berjalan · not running');

  city = await startTestCity({ dataDir });
  expect(await siaga.run('city', 'list')).toContain('3573  Kota Malang  dilayani · served');
  const { token } = await siaga.json<{ token: string }>('token', '--role', 'viewer', '--city', '3573');
  const answer = await createClient({ baseUrl: city.url, token })(GetCity, {});
  expect(answer).toMatchObject({ city: { code: '3573', name: 'Kota Malang' }, devicePath: '/ingest/3573' });
  const invited = await siaga.run('user', 'invite', '--city', '3573', '--name', 'Bu Rini', '--role', 'city-admin');
  expect(invited).toMatch(/#undangan=3573\.[\w-]{43}$/);

  expect(await siaga.run('city', 'add', '3578', '--name', 'Kota Surabaya', '--centre=-7.25,112.75')).toContain(
    'restart to serve it',
  );
  expect(await siaga.run('city', 'list')).toContain('3578  Kota Surabaya  mulai ulang agar dilayani');
}, 40_000);

it.each([
  [['35', '--name', 'X', '--centre=1,2'], /empat angka/],
  [['3573', '--name', 'X', '--centre=abc'], /lintang,bujur/],
  [['3573', '--name', 'X', '--centre=-91,2'], /lintang,bujur/],
  [['3573', '--name', 'X', '--centre=1,2,3'], /lintang,bujur/],
  [['3573'], /^--name: belum disebut · is missing\n--centre: belum disebut · is missing\n$/],
  [['3573', '--name', 'X', '--centre=1,2', '--timezone', 'Asia/Nowhere'], /IANA/],
  [[], /3573/],
])('refuses %j in a sentence', async (args, sentence) => {
  expect(await siaga.refusalOf('city', 'add', ...args)).toMatch(sentence);
});
