import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { cameraRoutes, createClient, RequestFootage } from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';
import { momentText } from '../src/street/city-moment.ts';
import { expect, test as journey } from './journey.ts';
import { startTestCamera } from './test-camera.ts';
import { startTestMedia } from './test-media.ts';
import { startTestRecordings, type TestRecordings } from './test-recordings.ts';

const test = journey.extend<{ recordings: TestRecordings }>({
  recordings: async ({ browser }, give) => {
    const recordings = await startTestRecordings(browser, 'CCTV-1');
    await give(recordings);
    await recordings.close();
  },
  cityEnv: async ({ recordings }, give) => {
    const pusat = '3574/pusat mediamtx rahasia-server-media-pusat http://127.0.0.1:9 /media/pusat -';
    await give({ MEDIA_SERVERS: `${pusat} ${recordings.url}`, CAMERA_NETWORKS: '127.0.0.0/8' });
  },
});
const siaga = path.resolve(import.meta.dirname, '../../../dist/apps/city/siaga.js');

/** Of somebody of Dishub who is not at this screen. */
async function colleagueOf(city: TestCity) {
  const env = { ...process.env, NODE_OPTIONS: '', SIAGA_DATA: city.dataDir };
  const asked = [siaga, 'token', '--role', 'dispatcher', '--agency', 'dishub'];
  const { stdout } = await promisify(execFile)(process.execPath, asked, { env });
  return createClient({ baseUrl: city.url, token: stdout.trim() });
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('cameras: those near a place, the audited picture as it moves, what is kept and asked for, and side by side', async ({
  browser,
  page,
  city,
  recordings,
}) => {
  const call = createClient({ baseUrl: city.url });
  const camera = await startTestCamera(browser);
  const snapshotUrl = camera.url;
  for (const [at, name] of ['Simpang Flora', 'Alun-alun', 'Pelabuhan', 'Terminal', 'Simpang Pilang'].entries())
    await call(cameraRoutes.register, {
      body: {
        ...{ cameraId: `CCTV-${String(at + 1)}`, name, owner: 'dishub', purpose: 'traffic' },
        place: { lat: -7.7551 + at * 0.002, lng: 113.21 },
        ...(at === 0 ? { mediaStream: 'pusat/CCTV-1', snapshotUrl } : {}),
      },
    });
  await page.goto(`${city.url}/?focus=cameras-near:-7.7551,113.2101`);
  const panel = page.getByRole('complementary');

  await test.step('the nearest is one press from its moving picture, which says when it has stopped', async () => {
    await expect(panel.getByRole('listitem').first()).toContainText('Simpang Flora');
    const media = await startTestMedia(page);
    await panel.getByRole('button', { name: 'Simpang Flora' }).click();
    await expect(panel.getByRole('heading', { name: 'Simpang Flora' })).toBeVisible();
    await expect(panel.getByText('langsung', { exact: true })).toBeVisible();
    await expect(panel.getByText(/^.+ · \d+ \w+ 20\d\d,? \d\d\.\d\d\.\d\d$/)).toBeVisible();
    expect(media.tickets).toEqual([expect.stringMatching(/.{20}/)]);
    expect(await violations(page), 'watched').toEqual([]);
    await media.freeze();
    await expect(panel.getByText(/^Gambar berhenti sejak \d\d\.\d\d\.\d\d \(\d+ dtk\)$/)).toBeVisible();
    await expect(panel.getByText('langsung', { exact: true })).toBeHidden();
    await media.close();
  });

  await test.step('a still is kept for what happened, by keys alone', async () => {
    await panel.getByRole('button', { name: 'Simpan foto sekarang' }).press('Enter');
    await panel.getByLabel('Untuk').selectOption({ label: 'insiden, menurut nomornya' });
    await panel.getByLabel('Nomor insiden').fill('INS-2026-0042');
    await panel.getByLabel('Tujuan').fill('Tabrakan di simpang');
    await page.keyboard.press('Enter');
    const kept = panel.getByRole('list', { name: 'Foto yang disimpan' }).getByRole('listitem');
    await expect(kept).toContainText(['Tabrakan di simpang']);
    await kept.getByRole('button', { name: 'Lihat foto' }).press('Enter');
    await expect(kept.getByRole('img')).toHaveJSProperty('complete', true);
    expect(await kept.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(await violations(page), 'stills').toEqual([]);
  });

  await test.step('ten minutes of an hour ago are kept, played where they stand and saved, by keys alone', async () => {
    const aboutMs = Date.now() - 3_600_000;
    await panel.getByRole('button', { name: 'Simpan rekaman 10 menit' }).press('Enter');
    await panel.getByLabel('Untuk').selectOption({ label: 'insiden, menurut nomornya' });
    await panel.getByLabel('Nomor insiden').fill('INS-2026-0042');
    await panel.getByLabel('Tujuan').fill('Sebelum tabrakan');
    await panel.getByLabel('Saat kejadian').fill(momentText(aboutMs, 'Asia/Jakarta'));
    expect(await violations(page), 'keeping a recording').toEqual([]);
    await page.keyboard.press('Enter');
    const kept = panel.getByRole('list', { name: 'Rekaman yang disimpan' }).getByRole('listitem');
    await expect(kept).toContainText(['Sebelum tabrakan']);
    await expect(kept.getByText('siap')).toBeVisible();
    const fromMs = aboutMs - (aboutMs % 60_000) - 300_000;
    expect(recordings.asked).toEqual([`CCTV-1 ${new Date(fromMs).toISOString()} 600`]);
    await kept.getByRole('button', { name: 'Putar rekaman' }).press('Enter');
    const film = kept.getByLabel(/^Rekaman Simpang Flora mulai pukul/);
    await expect
      .poll(() => film.evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && video.currentTime > 0.5))
      .toBe(true);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      kept.getByRole('link', { name: 'Simpan sebagai berkas' }).press('Enter'),
    ]);
    expect(saved.suggestedFilename()).toMatch(/^KLIP-[0-9A-Z]{8}\.mp4$/);
    expect(await violations(page), 'recordings').toEqual([]);
  });

  await test.step('who asks for a recording does not decide it', async () => {
    await panel.getByRole('button', { name: 'Minta rekaman' }).press('Enter');
    await panel.getByLabel('Dari').fill('2026-11-22T19:05');
    await panel.getByLabel('Sampai').fill('2026-11-22T19:15');
    await panel.getByLabel('Nomor surat').fill('B/17/XI/2026');
    await panel.getByLabel('Instansi').fill('Polres Probolinggo Kota');
    await panel.getByLabel('Penanda tangan surat').fill('Budi');
    await panel.getByLabel('Tujuan').fill('Penyelidikan tabrakan');
    expect(await violations(page), 'asking').toEqual([]);
    await page.keyboard.press('Enter');
    await expect(panel.getByText('Anda yang mencatatnya: orang lain yang memutuskan.')).toBeVisible();
    await expect(panel.getByText(/19\.05 – .*19\.15 \(10 mnt\)/)).toBeVisible();
  });

  await test.step('what somebody else asked for is approved at Dishub, and handed over', async () => {
    const colleague = await colleagueOf(city);
    const fromMs = Date.parse('2026-11-22T12:05:00Z');
    const letter = { letterNumber: 'B/18/XI/2026', purpose: 'Klaim', requester: 'Sari', institution: 'Jasa Raharja' };
    await colleague(RequestFootage, { body: { cameraIds: ['CCTV-1'], fromMs, toMs: fromMs + 600_000, ...letter } });
    await page.goto(`${city.url}/opd/dishub`);
    const section = page.getByRole('region', { name: 'Permintaan rekaman' });
    const waiting = section.getByRole('listitem');
    await expect(waiting).toHaveCount(2);
    await waiting.filter({ hasText: 'Jasa Raharja' }).getByRole('button').press('Enter');
    await panel.getByRole('button', { name: 'Setujui' }).press('Enter');
    await expect(panel.getByText('Disetujui')).toBeVisible();
    await expect(panel.getByText('Alamat rekaman kameranya belum diisi di register.')).toBeVisible();
    await expect(waiting).toHaveCount(1);
    await panel.getByLabel('Diserahkan bagaimana').fill('USB 32 GB, tanda terima 12/DISHUB/2026');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('status').filter({ hasText: 'Diserahkan' })).toBeVisible();
    expect(await violations(page), 'footage').toEqual([]);
    await camera.close();
  });

  await test.step('one without a media server says why there is none', async () => {
    await page.goto(`${city.url}/?focus=camera-picture:CCTV-2`);
    await expect(panel.getByText('Alamat fotonya belum diisi di register.')).toBeVisible();
    await expect(panel.getByText('lalu lintas')).toBeVisible();
  });

  await test.step('who watched is one press further', async () => {
    await panel.getByRole('button', { name: 'Siapa melihat' }).click();
    await expect(panel.getByText('Membuka gambar kamera')).toBeVisible();
  });

  await test.step('four stand side by side, then the next ones; held by hand, nothing turns', async () => {
    await page.goto(`${city.url}/kamera`);
    const grid = page.getByRole('list', { name: 'Kisi kamera' });
    await expect(grid.getByRole('figure')).toHaveCount(4);
    await page.keyboard.press('p');
    await expect(page.getByRole('button', { name: 'Lanjutkan' })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(grid.getByRole('figure')).toHaveCount(1);
    await expect(page.getByText('giliran 2 dari 2')).toBeVisible();
    await page.keyboard.press('9');
    await expect(grid.getByRole('figure')).toHaveCount(5);
    await expect(grid.getByText(/^Tanpa gambar bergerak sejak .+: server media/)).toBeVisible();
    expect(await violations(page), 'grid').toEqual([]);
  });
});
