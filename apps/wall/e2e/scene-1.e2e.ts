import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  cameraRoutes,
  controllerRoutes,
  createClient,
  feederRoutes,
  lampRoutes,
  linkRoutes,
  panelRoutes,
} from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';
import { asItHangs, expect, mapDrawn, test } from './journey.ts';

test.use({ ...asItHangs, ...mapDrawn });

const PANELS = 6;
const LAMPS = 180;
const CAMERAS = 3;
/** Told, concluded, settled and drawn: on a busy machine it takes longer than the five seconds it is made for. */
const TOLD_WITHIN_MS = 90_000;
const siaga = path.resolve(import.meta.dirname, '../../../dist/apps/city/siaga.js');
const count = (most: number) => Array.from({ length: most }, (_, at) => at);

/** Of an administrator of Dishub who drills: the hour at which the journey is run must not matter, nor does it to simulated lamps. */
async function drillTokenOf(city: TestCity): Promise<string> {
  const asked = ['token', '--role', 'agency-admin', '--agency', 'dishub', '--exercise'];
  const env = { ...process.env, NODE_OPTIONS: '', SIAGA_DATA: city.dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, [siaga, ...asked], { env });
  return stdout.trim();
}

/** A block of Pilang: a feeder, its panels in two rows, thirty lamps each, and three cameras whose radio the first panel feeds. */
async function register(city: TestCity): Promise<void> {
  const call = createClient({ baseUrl: city.url, token: await drillTokenOf(city) });
  await call(feederRoutes.register, { body: { feederId: 'PLG', name: 'Penyulang Pilang' } });
  const cornerOf = (panel: number) =>
    [-7.7535 - Math.floor(panel / 3) * 0.003, 113.187 + (panel % 3) * 0.0028] as const;
  const at = (panel: number, lamp: number) => {
    const [lat, lng] = cornerOf(panel);
    return [(lat - Math.floor(lamp / 6) * 0.0004).toFixed(5), (lng + (lamp % 6) * 0.0004).toFixed(5)] as const;
  };
  const panels = count(PANELS).map((panel) => `APP-${String(panel + 1)};Meter;PLG;${at(panel, 0).join(', ')}`);
  const lamps = count(LAMPS).map((lamp) => {
    const panel = Math.floor(lamp / (LAMPS / PANELS));
    const place = at(panel, lamp % (LAMPS / PANELS)).join(';');
    return `PJU-${String(lamp + 1).padStart(4, '0')};APP-${String(panel + 1)};90;${place}`;
  });
  const cameras = count(CAMERAS).map((camera) => `CCTV-${String(camera + 1)};Simpang ${String(camera + 1)};Dishub;Lalu lintas;${at(camera, 3).join(';')};RADIO-1`); // prettier-ignore
  const speakers = count(PANELS).map((panel) => `PC-${String(panel + 1)};panel:APP-${String(panel + 1)};60`);
  const sheets = [
    [panelRoutes.import, 'ID Panel;Pasokan;Penyulang;Koordinat', panels],
    [lampRoutes.import, 'ID Lampu;Panel;Daya;Latitude;Longitude', lamps],
    [linkRoutes.import, 'ID Tautan;Nama;OPD Pemilik;Panel', ['RADIO-1;Menara Pilang;Dishub;APP-1']],
    [cameraRoutes.import, 'ID Kamera;Nama;OPD Pemilik;Tujuan;Latitude;Longitude;Tautan Radio', cameras],
    [controllerRoutes.import, 'ID Perangkat;Untuk;Selang Lapor (s)', speakers],
  ] as const;
  for (const [route, heading, lines] of sheets) {
    const contentBase64 = Buffer.from([heading, ...lines].join('\n')).toString('base64');
    const { errors } = await call(route, { query: {}, body: { fileName: 'daftar.csv', contentBase64 } });
    expect(errors).toEqual([]);
  }
}

/** Every panel says the same: told to burn, as by night. */
async function report(city: TestCity, said: object): Promise<void> {
  const body = JSON.stringify(
    count(PANELS).map((at) => ({ deviceId: `PC-${String(at + 1)}`, commanded: 'closed', ...said })),
  );
  const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body });
  expect(await answer.json()).toEqual({ items: count(PANELS).map(() => ({ result: 'accepted' })) });
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('scene 1: a feeder drops in Pilang: one alarm with its tree, the block on the map; it clears itself, and is counted', async ({
  city,
  wall,
}) => {
  test.setTimeout(420_000);
  const column = wall.getByRole('region', { name: /^Alarm \d+$/ });
  const queue = wall.getByRole('list', { name: 'Alarm', exact: true });
  const row = queue.getByRole('button', { name: 'Penyulang Pilang' });
  const panel = wall.getByRole('complementary');
  const lamps = wall.getByRole('region', { name: 'Lampu jalan' });

  await test.step('the block burns', async () => {
    await register(city);
    await expect(lamps).toContainText('180');
    await report(city, { contactor: 'closed', supply: 'present' });
    await expect(lamps).toContainText(/180\s*(\/|dari|menyala)/, { timeout: TOLD_WITHIN_MS });
    await expect(column.getByText('Tidak ada alarm.')).toBeVisible();
  });

  await test.step('the feeder drops: one alarm that counts what is below it', async () => {
    await report(city, { supply: 'lost', events: [{ eventType: 'supplyLoss', startEndFlag: 'start' }] });
    await expect(row).toContainText(/180 lampu · 6 panel · 3 kamera/, { timeout: TOLD_WITHIN_MS });
    await expect(row).toContainText(/tanpa|hilang|padam/i);
    await expect(row).toContainText('Pilang');
    await expect(queue.getByRole('listitem')).toHaveCount(1);
  });

  await test.step('its tree leads from the feeder over panels to lamps and cameras, and the map to the block', async () => {
    await row.click();
    const causes = panel.getByRole('group').filter({ hasText: 'APP-1' });
    await expect(causes.first()).toContainText('30 lampu');
    await expect(causes.first()).toContainText('3 kamera');
    await expect(panel.getByText(/^APP-/)).toHaveCount(PANELS);
    await wall.keyboard.press('p');
    await expect(wall.locator('.city-map')).toHaveAttribute('aria-busy', 'false');
    expect(await violations(wall), 'alarm').toEqual([]);
  });

  await test.step('a person answers', async () => {
    await wall.keyboard.press('a');
    await panel.getByRole('textbox').fill('PLN sudah ditelepon');
    await wall.keyboard.press('Control+Enter');
    await expect(panel.getByText('PLN sudah ditelepon')).toBeVisible();
    await expect(column.getByText('belum ditangani')).toHaveCount(0);
  });

  await test.step('the current is back: it clears itself', async () => {
    await report(city, { contactor: 'closed', supply: 'present' });
    await expect(column.getByText('Tidak ada alarm.')).toBeVisible({ timeout: TOLD_WITHIN_MS });
    await expect(panel.getByRole('listitem').filter({ hasText: 'Selesai' })).toBeVisible();
  });

  await test.step('the month of Dishub says how many lamp-minutes it was, and where', async () => {
    await wall.goto(`${city.url}/opd/dishub`);
    const month = wall.getByRole('region', { name: /^Energi dan uang/ });
    await month.getByLabel('Bulan').selectOption({ index: 0 });
    const dark = month.getByRole('group', { name: 'Padam dalam simulasi, lampu-menit' });
    await expect(dark.getByRole('row', { name: /^Pilang \d/ })).toBeVisible();
    // the edge of the block lies in the next kelurahan
    const total = dark.getByRole('row', { name: /^Jumlah 180 0/ });
    await expect(total).toBeVisible();
    const minutes = await total.getByRole('cell').last().textContent();
    expect(Number(minutes?.replaceAll('.', '').replace(',', '.'))).toBeGreaterThan(LAMPS / 60);
  });
});
