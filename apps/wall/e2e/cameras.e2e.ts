import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { cameraRoutes, createClient } from '@siaga/contracts';
import { expect, test } from './journey.ts';
import { startTestMedia } from './test-media.ts';

test.use({ cityEnv: { MEDIA_SERVERS: 'pusat mediamtx http://127.0.0.1:9 /media/pusat' } });

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('cameras: those near a place, the audited picture as it moves, and side by side', async ({ page, city }) => {
  const call = createClient({ baseUrl: city.url });
  for (const [at, name] of ['Simpang Flora', 'Alun-alun', 'Pelabuhan', 'Terminal', 'Simpang Pilang'].entries())
    await call(cameraRoutes.register, {
      body: {
        ...{ cameraId: `CCTV-${String(at + 1)}`, name, owner: 'dishub', purpose: 'traffic' },
        place: { lat: -7.7551 + at * 0.002, lng: 113.21 },
        ...(at === 0 ? { mediaStream: 'pusat/CCTV-1' } : {}),
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
