import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createClient, lampRoutes } from '@siaga/contracts';
import { expect, mapDrawn, test } from './journey.ts';

test.use(mapDrawn);

/** One grey point: a whole jpeg, as small as one can be. */
const jpegBase64 =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';
const photo = { name: 'tiang.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([Buffer.from(jpegBase64, 'base64'), Buffer.from('ffd9', 'hex')]) }; // prettier-ignore

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('a citizen reports a dark lamp by the code on its pole, and reads that it is done', async ({
  wall,
  city,
  browser,
}) => {
  const place = { lat: -7.7551, lng: 113.191 };
  const lamp = { lampId: 'PJU-0142', poleNumber: 'T-0142', watt: 90, road: 'Jl. Pilang', place };
  await createClient({ baseUrl: city.url })(lampRoutes.register, { body: lamp });
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
  const phone = await context.newPage();
  const said: string[] = [];
  phone.on('console', (message) => said.push(message.text()));
  phone.on('pageerror', (error) => said.push(`page error: ${error.message}`));

  await test.step('below the pole', async () => {
    await phone.goto(`${city.url}/lapor/3574/PJU-0142`);
    await expect(phone.getByText('PJU-0142')).toBeVisible();
    expect(await violations(phone), 'form').toEqual([]);
    await phone.screenshot({ path: test.info().outputPath('lapor-form.png'), fullPage: true });
    await phone.getByLabel('Lampu padam').check();
    await phone.getByLabel('Keterangan').fill('Gelap sejak Senin, depan masjid');
    await phone.getByLabel('Nomor telepon').fill('0812 3456 789');
    await phone.getByRole('button', { name: 'Kirim laporan' }).click();
    await expect(phone.getByRole('status')).toContainText('Terima kasih');
    await expect(phone.locator('[aria-current=step]')).toContainText('Diterima');
    expect(phone.url()).toMatch(/\/lapor\/3574#[0-9a-f]{32}$/);
    expect(await violations(phone), 'answer').toEqual([]);
    await phone.screenshot({ path: test.info().outputPath('lapor-answer.png'), fullPage: true });
  });

  await test.step('at the desk', async () => {
    await wall.getByRole('button', { name: 'Laporan 1' }).click();
    await wall.getByRole('button', { name: 'Rincian' }).click();
    await expect(wall.getByText('Gelap sejak Senin, depan masjid')).toBeVisible();
    await wall.getByLabel('Pilih Lampu padam · PJU-0142').check();
    await wall.screenshot({ path: test.info().outputPath('reports.png') });
    await wall.getByRole('button', { name: 'Buat perintah kerja (1)' }).click();
    await wall.getByLabel('Regu').fill('Regu Timur');
    await wall.getByLabel('Tanggal').fill('2026-11-24');
    await wall.getByRole('button', { name: 'Jadwalkan', exact: true }).click();
    await wall.getByRole('button', { name: 'Mulai dikerjakan' }).click();
    await phone.getByRole('button', { name: 'Muat ulang' }).click();
    await expect(phone.getByText('24 November 2026')).toBeVisible();
  });

  await test.step('the crew is back', async () => {
    const done = wall.getByRole('button', { name: 'Selesai', exact: true });
    await expect(done).toBeDisabled();
    await wall.getByLabel('Foto pekerjaan').setInputFiles(photo);
    await expect(wall.getByRole('img', { name: 'Foto pekerjaan' })).toBeVisible();
    await wall.getByLabel('Bahan yang dipakai').fill('Lampu LED 90 W');
    await wall.screenshot({ path: test.info().outputPath('order.png') });
    await done.click();
    await expect(wall.getByText(/Selesai · Regu Timur/)).toBeVisible();
    await expect(wall.getByRole('button', { name: /^Laporan \d/ })).toHaveCount(0);
  });

  await test.step('and the citizen reads it, also when he comes back by his link', async () => {
    await phone.reload();
    await expect(phone.locator('[aria-current=step]')).toContainText('Selesai');
    await phone.screenshot({ path: test.info().outputPath('lapor-done.png'), fullPage: true });
  });

  await test.step('a caller at 112 names the pole, another one only knows where', async () => {
    await wall.getByRole('button', { name: 'Catat laporan' }).click();
    await wall.getByRole('button', { name: 'Lampu berkedip' }).click();
    await wall.getByLabel('Nomor tiang').fill('T-0142');
    await wall.getByRole('button', { name: 'T-0142 · PJU-0142' }).click();
    await wall.getByLabel('Nama pelapor').fill('Bu Siti');
    expect(await violations(wall), 'taking a report').toEqual([]);
    await wall.screenshot({ path: test.info().outputPath('take-report.png') });
    await wall.getByRole('button', { name: 'Simpan laporan' }).click();
    await expect(wall.getByText(/^LAP-\w{8} tersimpan, dilaporkan 1 kali/)).toBeVisible();
    await wall.getByRole('button', { name: 'Laporan berikutnya' }).click();
    await wall.getByRole('button', { name: 'Tiang miring' }).click();
    const map = wall.locator('canvas.maplibregl-canvas');
    const { width = 0, height = 0 } = (await map.boundingBox()) ?? {};
    await map.click({ position: { x: width * 0.45, y: height * 0.4 } });
    await expect(wall.getByText(/^Tempat -7\.\d{5}, 113\.\d{5}$/)).toBeVisible();
    await wall.screenshot({ path: test.info().outputPath('take-report-place.png') });
    await wall.getByRole('button', { name: 'Simpan laporan' }).click();
    await expect(wall.getByRole('button', { name: 'Laporan 2' })).toBeVisible();
  });
  expect(said.filter((text) => /Content Security Policy|page error/i.test(text))).toEqual([]);
  await context.close();
});
