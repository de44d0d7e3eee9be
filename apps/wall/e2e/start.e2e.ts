import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { expect, test as journey } from './journey.ts';
import { accept, backUpElsewhere, becomeAdministrator, invite, pairScreen, stepOf, truckSheet } from './start-steps.ts';

/** As `npm start` leaves it: with simulated trucks, and nobody in it. */
const test = journey.extend({
  city: async ({}, give) => {
    const city = await startTestCity({ args: [] });
    await give(city);
    await city.stop();
    await city.remove();
  },
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('the first hour: from the printed link to a city that works in earnest', async ({
  city,
  page,
  browser,
  tracker,
}) => {
  const step = (title: string) => stepOf(page, title);
  const panel = page.getByRole('complementary');
  const phone = tracker('hp-saya');

  await test.step('whoever starts it is told where to go, and that he has no account yet', async () => {
    expect(city.printed()).toContain(`${city.url}/mulai`);
    await page.goto(`${city.url}/mulai`);
    await expect(step('Administrator')).toContainText('belum');
    await expect(page.getByText('0 dari 8 selesai')).toBeVisible();
    await expect(page.getByText('SIMULASI', { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the printed link makes the administrator', async () => {
    await becomeAdministrator(page, city);
    await page.getByRole('button', { name: 'Administrator pertama' }).click();
    await page.getByRole('button', { name: 'Jam pertama: langkah demi langkah' }).click();
    await expect(step('Administrator')).toContainText('berhasil: masuk sebagai Administrator pertama');
    await expect(page.getByText('1 dari 8 selesai')).toBeVisible();
  });

  await test.step('a phone that cannot come is told why; one that came is seen, and needs a truck', async () => {
    await expect(step('HP saya di peta')).toContainText('gagal karena server hanya mendengar di komputer ini');
    expect(await phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 0, secondsAgo: 130 })).toBe(400);
    await expect(step('HP saya di peta')).toContainText('menunggu: hp-saya terlihat, belum ada truk untuknya');
  });

  await test.step('a sheet with a mistake names its line; the corrected one is the register', async () => {
    await step('Daftar truk').getByRole('button', { name: 'Impor truk' }).click();
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(truckSheet('Becak'));
    await expect(panel.getByText('Baris 3 · Jenis')).toBeVisible();
    await expect(step('Daftar truk')).toContainText('belum');
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(truckSheet('Dump truck'));
    await panel.getByRole('button', { name: 'Impor 2 truk' }).click();
    await expect(step('Daftar truk')).toContainText('berhasil: 2 truk di daftar');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await test.step('the phone is fitted to its truck and is on the map', async () => {
    await step('HP saya di peta').getByRole('button', { name: 'Pasang ke truk: hp-saya' }).click();
    await page.keyboard.type('asli-1');
    await page.getByRole('button', { name: 'Pasang hp-saya ke ASLI-1' }).click();
    await expect.poll(() => phone.report({ lat: 0, lng: 0, speedKph: 0 })).not.toBe(400);
    await expect(step('HP saya di peta')).toContainText('gagal karena laporan ASLI-1 ditolak');
    await expect(step('HP saya di peta')).toContainText('posisi 0,0: GPS belum mengunci');
    expect(await phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 18 })).toBe(200);
    await expect(step('HP saya di peta')).toContainText('berhasil: ASLI-1 di peta');
  });

  await test.step('no tracker is wanted: that is remembered here', async () => {
    await step('Satu pelacak').getByRole('button', { name: 'Lewati langkah ini' }).click();
    await expect(page.getByText('3 dari 7 selesai')).toBeVisible();
    await page.reload();
    await expect(page.getByText('3 dari 7 selesai')).toBeVisible();
    await expect(step('Satu pelacak')).toContainText('dilewati');
  });

  await test.step('two people are invited, and come in', async () => {
    const links = [await invite(page, 'Budi'), await invite(page, 'Rani')];
    await expect(step('Undang dua orang')).toContainText('menunggu: undangan belum dipakai');
    await accept(city, links[0] ?? '', 'budi');
    await accept(city, links[1] ?? '', 'rani');
    await expect(step('Undang dua orang')).toContainText(/berhasil: sudah masuk: (Budi, Rani|Rani, Budi)/);
  });

  await test.step('the wall’s screen is paired', async () => {
    const dark = await (await browser.newContext()).newPage();
    await dark.goto(`${city.url}/#pasangkan`);
    await pairScreen(page, dark);
    await expect(step('Layar dinding')).toContainText('berhasil: Dinding terlihat');
    await page.keyboard.press('Escape');
    await dark.context().close();
  });

  await test.step('a backup lies elsewhere', async () => {
    await expect(step('Cadangan pertama di luar mesin')).toContainText('npm run -s siaga -- backup --to');
    await backUpElsewhere(city);
    await expect(step('Cadangan pertama di luar mesin')).toContainText(/berhasil: cadangan \d+ \w+/);
    await expect(page.getByText('6 dari 7 selesai')).toBeVisible();
  });

  await test.step('it begins in earnest, and only what is real is left', async () => {
    const begin = page.getByRole('button', { name: 'Mulai sungguhan' });
    await expect(begin).toBeDisabled();
    await page.getByLabel('Ketik “Kota Probolinggo” untuk memastikan').fill('kota probolinggo');
    await begin.click();
    await expect(step('Mulai sungguhan')).toContainText('berhasil: kota bekerja sungguhan');
    await expect(step('Mulai sungguhan')).toContainText('Dibersihkan: 15 truk simulasi');
    await expect(page.getByText('7 dari 7 selesai')).toBeVisible();
    await expect(page.getByText('SIMULASI', { exact: true })).toBeHidden();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Ke layar pantau' }).click();
    const trucks = page.getByRole('list', { name: 'Truk sampah' });
    await expect(trucks.getByRole('button')).toHaveCount(2);
    await expect(page.getByText('SIMULASI', { exact: true })).toBeHidden();
  });
});
