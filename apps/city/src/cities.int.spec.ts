import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
  expect(await siaga.run('token', '--role', 'viewer', '--city', '3573', '--lifetime', '365d')).toMatch(/^ey/);
  expect(await siaga.refusalOf('token', '--role', 'viewer', '--city', '3578')).toMatch(/city 3578 is not served here/);

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
}, 180_000);

it.each([
  [['35', '--name', 'X', '--centre=1,2'], /empat angka/],
  [['3573', '--name', 'X', '--centre=abc'], /lintang,bujur/],
  [['3573', '--name', 'X', '--centre=-91,2'], /lintang,bujur/],
  [['3573', '--name', 'X', '--centre=1,2,3'], /lintang,bujur/],
  [['3573'], /^--name: belum disebut · is missing\n--centre: belum disebut · is missing\n$/],
  [['3573', '--name', 'X', '--centre=1,2', '--timezone', 'Asia/Nowhere'], /IANA/],
  [[], /3573/],
  [['0000', '--name', 'X', '--centre=1,2'], /empat angka/],
  [['3573', '--name', 'Kota\u202eX', '--centre=1,2'], /control characters/],
  [['3574', '--name', 'X', '--centre=1,2'], /sudah dikenal: Kota Probolinggo/],
])('refuses %j in a sentence', async (args, sentence) => {
  expect(await siaga.refusalOf('city', 'add', ...args)).toMatch(sentence);
});

it('none is lost when several are added at once', async () => {
  const codes = ['3571', '3572', '3575', '3576', '3577'];
  await Promise.all(
    codes.map((code) => siaga.run('city', 'add', code, '--name', `Kota ${code}`, '--centre=-7.9,112.6')),
  );
  const listed = await siaga.json<{ code: string }[]>('city', 'list');
  expect(listed.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
}, 180_000);

describe('another city than ours', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'siaga-malang-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const start = () => startTestCity({ dataDir: folder, env: { SIAGA_CITY: '3573' } });

  it('is written down first, then it is the home', async () => {
    await expect(start()).rejects.toThrow('SIAGA_CITY=3573 npm run -s siaga -- city add 3573');
    await new CommandLine(folder, { SIAGA_CITY: '3573' }).run('city', 'add', ...malang);
    const alone = await start();
    try {
      const answer = await createClient({ baseUrl: alone.url })(GetCity, {});
      expect(answer).toMatchObject({ city: { code: '3573', name: 'Kota Malang' }, devicePath: '/ingest' });
    } finally {
      await alone.stop();
    }
  }, 180_000);

  it('is not served beside it unless somebody wrote it down, which its refusal says how to', async () => {
    const SIAGA_CITIES = '3574,3578';
    const dataDir = await mkdtemp(path.join(tmpdir(), 'siaga-beside-'));
    const both = () => startTestCity({ dataDir, env: { SIAGA_CITIES } });
    try {
      await expect(both()).rejects.toThrow(
        /nobody wrote down city 3578, add it first:\n {2}SIAGA_CITIES=3574,3578 npm run -s siaga -- city add 3578 --name/,
      );
      expect(await readdir(dataDir)).toEqual([]);
      await new CommandLine(dataDir, { SIAGA_CITIES }).run('city', 'add', '3578', ...malang.slice(1));
      await (await both()).stop();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 180_000);

  it('is not started from a list that somebody broke, which is named', async () => {
    const file = path.join(folder, 'cities.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Asia/Jakarta', 'Mars/X'));
    await expect(start()).rejects.toThrow(/cities\.json.*zona IANA/s);
    await writeFile(file, '[{');
    await expect(start()).rejects.toThrow(/cities\.json/);
  }, 180_000);
});
