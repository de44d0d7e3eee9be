import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import { AcceptInvitation } from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';

const password = 'kalimat yang panjang dan mudah diingat';
const siaga = path.resolve(import.meta.dirname, '../../../dist/apps/city/siaga.js');

/** One step of the first hour, by its title. */
export const stepOf = (page: Page, title: string): Locator =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^Langkah \\d: ${title}$`) }) });

/** Opens the one-time link that the start printed, at an address the browser knows the city by, and chooses a password. */
export async function becomeAdministrator(page: Page, city: TestCity, origin: string = city.url): Promise<void> {
  let link: string | undefined;
  await expect(() => {
    link = /^ *http\S+(\/masuk#undangan=\S+)$/m.exec(city.printed())?.[1];
    expect(link).toBeDefined();
  }).toPass();
  await page.goto(origin + (link ?? ''));
  await page.getByLabel('Nama pengguna').fill('sari');
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Simpan dan masuk' }).click();
  await expect(page.getByRole('button', { name: 'Administrator pertama' })).toBeVisible();
}

/** Two trucks, the second of this kind, as an office keeps them. */
export const truckSheet = (kind: string) => ({
  name: 'truk.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'ID Truk;Nomor Polisi;Nomor Lambung;Jenis;Kapasitas (kg)',
      'ASLI-1;N 8123 RP;A1;Compactor;4.000',
      `ASLI-2;N 8124 RP;A2;${kind};4000`,
    ].join('\n'),
  ),
});

/** Makes a link for a viewer of DLH; leaves the panel open that shows it. */
export async function invite(page: Page, name: string): Promise<string> {
  await stepOf(page, 'Undang dua orang').getByRole('button', { name: 'Undang orang' }).click();
  const panel = page.getByRole('complementary');
  await panel.getByLabel('Nama lengkap').fill(name);
  await panel.getByLabel('DLH', { exact: true }).check();
  await panel.getByLabel('Pemantau').check();
  await panel.getByRole('button', { name: 'Buat tautan undangan' }).click();
  return (
    (await panel
      .getByRole('region', { name: `Tautan untuk ${name}` })
      .locator('code')
      .textContent()) ?? ''
  );
}

/** Somebody opens his link on a machine of his own and comes in. */
export async function accept({ url }: TestCity, link: string, userName: string): Promise<void> {
  const token = link.replace(/^.*#undangan=/, '');
  const { status } = await fetch(url + AcceptInvitation.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token, userName, password }),
  });
  expect(status).toBe(200);
}

/** Types the code that `dark` shows, and calls it Dinding. */
export async function pairScreen(page: Page, dark: Page): Promise<void> {
  const code = dark.getByRole('img', { name: /^Kode layar/ });
  await expect(code).toBeVisible();
  await stepOf(page, 'Layar dinding').getByRole('button', { name: 'Pasangkan layar' }).click();
  const panel = page.getByRole('complementary');
  await panel.getByRole('button', { name: 'Pasangkan layar' }).click();
  await panel.getByLabel('Kode di layar').fill((await code.textContent()) ?? '');
  await panel.getByLabel('Nama layar').fill('Dinding');
  await panel.getByRole('button', { name: 'Pasangkan', exact: true }).click();
}

/** Runs the command that the step gives, on a folder outside the city's data. */
export async function backUpElsewhere({ dataDir }: TestCity): Promise<void> {
  const disk = await mkdtemp(path.join(tmpdir(), 'siaga-disk-'));
  const env = { ...process.env, NODE_OPTIONS: '', SIAGA_DATA: dataDir };
  await promisify(execFile)(process.execPath, [siaga, 'backup', '--to', disk], { env });
  await rm(disk, { recursive: true });
}
