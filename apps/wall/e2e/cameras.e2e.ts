import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { cameraRoutes, createClient, RequestFootage } from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';
import { startTestCamera } from './test-camera.ts';
import { startTestMedia } from './test-media.ts';

test.use({
  cityEnv: {
    MEDIA_SERVERS: '3574/pusat mediamtx rahasia-server-media-pusat http://127.0.0.1:9 /media/pusat',
    CAMERA_NETWORKS: '127.0.0.0/8',
  },
});
const siaga = path.resolve(import.meta.dirname, '../../city/dist/siaga.js');

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
