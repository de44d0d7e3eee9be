import path from 'node:path';
import { chromium, expect as expectSoon, type Page } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { accept, backUpElsewhere, becomeAdministrator, invite, pairScreen, stepOf, truckSheet } from './start-steps.ts';
import { Tracker } from './tracker.ts';

/** Invitations and screens are asked for every 5 s. */
const expect = expectSoon.configure({ timeout: 20_000 });
/** A city on a network, under the name people would give it. */
const host = 'siaga.kota.example';
const address = '127.0.0.2';
const size = { width: 1440, height: 900 };

/** Takes the pictures of the first hour into a folder: `start.png`, `start-….png`. */
export async function takeStartPictures(folder: string): Promise<void> {
  const city = await startTestCity({ args: ['--lan'], env: { HOST: address } });
  const origin = `http://${host}:${new URL(city.url).port}`;
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [...chromiumArguments, `--host-resolver-rules=MAP ${host} ${address}`],
  });
  const take = async (page: Page, name: string) => {
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };
  try {
    const page = await browser.newPage({ viewport: size });
    const panel = page.getByRole('complementary');
    const phone = new Tracker(city.url, 'hp-sari');
    await becomeAdministrator(page, city, origin);
    await page.goto(`${origin}/mulai`);
    await expect(stepOf(page, 'HP saya di peta')).toContainText('menunggu: laporan pertama');
    await expect(page.getByText('SIMULASI', { exact: true })).toBeVisible();
    await take(page, 'start');

    await stepOf(page, 'Daftar truk').getByRole('button', { name: 'Impor truk' }).click();
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(truckSheet('Becak'));
    await expect(panel.getByText('Baris 3 · Jenis')).toBeVisible();
    await take(page, 'start-import');
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(truckSheet('Dump truck'));
    await panel.getByRole('button', { name: 'Impor 2 truk' }).click();
    await expect(stepOf(page, 'Daftar truk')).toContainText('berhasil');
    await page.keyboard.press('Escape');

    await phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 0, secondsAgo: 60 });
    await stepOf(page, 'HP saya di peta').getByRole('button', { name: 'Pasang ke truk: hp-sari' }).click();
    await page.keyboard.type('asli');
    await expect(page.getByRole('button', { name: 'Pasang hp-sari ke ASLI-1' })).toBeVisible();
    await stepOf(page, 'Satu pelacak').scrollIntoViewIfNeeded();
    await take(page, 'start-phone');
    await page.getByRole('button', { name: 'Pasang hp-sari ke ASLI-1' }).click();
    await expect.poll(() => phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 18 })).toBe(200);
    await expect(stepOf(page, 'HP saya di peta')).toContainText('berhasil');
    await stepOf(page, 'Satu pelacak').getByRole('button', { name: 'Lewati langkah ini' }).click();

    await accept(city, await invite(page, 'Budi Santoso'), 'budi');
    const link = await invite(page, 'Rani Wulandari');
    await take(page, 'start-invite');
    await accept(city, link, 'rani');
    await expect(stepOf(page, 'Undang dua orang')).toContainText('berhasil');

    const dark = await (await browser.newContext({ viewport: size })).newPage();
    await dark.goto(`${origin}/#pasangkan`);
    await expect(dark.getByRole('img', { name: /^Kode layar/ })).toBeVisible();
    await take(dark, 'start-pair');
    await pairScreen(page, dark);
    await expect(stepOf(page, 'Layar dinding')).toContainText('berhasil');
    await page.keyboard.press('Escape');
    await backUpElsewhere(city);
    await expect(stepOf(page, 'Cadangan pertama di luar mesin')).toContainText('berhasil');
    await page.getByLabel('Ketik “Kota Probolinggo” untuk memastikan').fill('Kota Probolinggo');
    await page.getByRole('button', { name: 'Mulai sungguhan' }).click();
    await expect(stepOf(page, 'Mulai sungguhan')).toContainText('berhasil');
    await take(page, 'start-done');
  } finally {
    await browser.close();
    await city.stop();
    await city.remove();
  }
}
