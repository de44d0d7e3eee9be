import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { controllerRoutes, createClient } from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';
import { expect, mapDrawn, test } from './journey.ts';

test.use(mapDrawn);

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Lamps in rows of Pilang, 30 m apart, on three panels; one place is a guess. */
function sheetOfLamps(): string {
  const lines = Array.from({ length: 60 }, (_, at) => {
    const lat = (-7.7551 + Math.floor(at / 10) * 0.00027).toFixed(5);
    const lng = (113.191 + (at % 10) * 0.00027).toFixed(5);
    const name = String(at + 1).padStart(4, '0');
    return `PJU-${name};P-${name};APP-${String((at % 3) + 1)};90;Jl. Contoh;${lat};${lng};${at === 0 ? 'ya' : ''}`;
  });
  return ['ID Lampu;No Tiang;Panel;Daya;Jalan;Latitude;Longitude;Posisi Perkiraan', ...lines].join('\n');
}

/** Two of the lamps have a controller from now on, which burns them as bright as they can. */
async function control(city: TestCity): Promise<void> {
  const call = createClient({ baseUrl: city.url });
  for (const at of ['1', '2'])
    await call(controllerRoutes.register, {
      body: { controllerId: `LC-${at}`, protocol: 'street', speaksFor: `lamp:PJU-000${at}`, intervalS: 600 },
    });
  await report(city, {
    'LC-1': { activePowerW: 88, levelPercent: 100 },
    'LC-2': { activePowerW: 88, levelPercent: 100 },
  });
}

/** What controllers say of their lamps. */
async function report(city: TestCity, said: Readonly<Record<string, object>>): Promise<void> {
  const body = JSON.stringify(Object.entries(said).map(([deviceId, one]) => ({ deviceId, ...one })));
  await expect(async () => {
    const answer = await fetch(`${city.url}/ingest/street`, { method: 'POST', body });
    expect(await answer.json()).toEqual({ items: Object.keys(said).map(() => ({ result: 'accepted' })) });
  }).toPass();
}

const asFile = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('Dishub on day one: lamps from a spreadsheet, found, their month, and the way to them on the wall', async ({
  page,
  city,
}) => {
  await page.goto(`${city.url}/opd/dishub`);
  const panel = page.getByRole('complementary');
  const lamps = page.getByRole('region', { name: 'Lampu jalan' });
  await expect(page.getByText('Belum ada lampu. Impor daftar lampu dari spreadsheet.')).toBeVisible();
  expect(await violations(page), 'an empty page').toEqual([]);

  await test.step('the sheet is checked first: what is wrong is said, and nothing is written', async () => {
    await page.getByRole('button', { name: 'Impor lampu' }).click();
    const choose = panel.getByLabel('Pilih berkas .xlsx atau .csv');
    await choose.setInputFiles(asFile('salah.csv', 'ID Lampu;Daya;Latitude;Longitude\nPJU-1;terang;-7,75;113,19'));
    await expect(panel.getByText('1 kesalahan')).toBeVisible();
    await expect(panel.getByText('Baris 2 · Daya (W)')).toBeVisible();
    await choose.setInputFiles(asFile('lampu-pilang.csv', sheetOfLamps()));
    await expect(panel.getByText('60 baru')).toBeVisible();
    expect(await violations(page), 'checked').toEqual([]);
    await panel.getByRole('button', { name: 'Impor 60 lampu' }).click();
    await expect(panel.getByText('Tersimpan: 60 baru, 0 berubah.')).toBeVisible();
  });

  await test.step('they are in the register and counted: nobody knows how they are, and it says so', async () => {
    await expect(lamps).toContainText('60');
    await expect(lamps).toContainText('belum ada yang terpantau');
    const register = page.getByRole('tabpanel', { name: 'Lampu' });
    await expect(register.getByRole('row')).toHaveCount(51);
    await register.getByRole('searchbox').fill('PJU-0001');
    await expect(register.getByRole('row')).toHaveCount(2);
    await register.getByRole('button', { name: 'PJU-0001' }).click();
    await expect(panel.getByText('Tanpa pemantau', { exact: true })).toBeVisible();
    await expect(panel.getByText('letak kira-kira')).toBeVisible();
    await expect(panel.getByText('Pilang')).toBeVisible();
    expect(await violations(page), 'lamp').toEqual([]);
  });

  await test.step('the month says what the lamps should use, and what nobody can tell yet', async () => {
    const month = page.getByRole('region', { name: /^Energi dan uang/ });
    await expect(month.getByRole('row', { name: /^Pilang 60/ })).toBeVisible();
    await expect(month.getByText('tagihan bulan ini belum diimpor')).toBeVisible();
    await expect(
      month.getByText('Belum dapat dinilai: Dibayar tetapi padam (perlu kabar dari lampunya).'),
    ).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(month.getByText(/dicetak/)).toBeVisible();
    await expect(page.getByRole('searchbox')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('a link leads from the register to the lamp on the wall', async () => {
    await panel.getByRole('link', { name: 'Tunjukkan di peta' }).click();
    await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung');
    await expect(panel.getByRole('heading', { name: 'PJU-0001' })).toBeVisible();
  });

  await test.step('the wall finds lamps as one types them', async () => {
    const found = page.getByRole('region', { name: 'Kejadian, lampu, panel, kamera' });
    await page.keyboard.press('/');
    await page.keyboard.type('pju 0042');
    await expect(found.getByRole('button')).toHaveText(['PJU-0042lampu · APP-3']);
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { name: 'PJU-0042' })).toBeVisible();
    await page.getByRole('searchbox').fill('pju');
    await expect(found.getByRole('button')).toHaveCount(6);
    await page.keyboard.press('Escape');
  });

  await test.step('lamps are switched by hand: tried first, a result for each, and given back', async () => {
    await control(city);
    await page.goto(`${city.url}/?focus=control:new`);
    await panel.getByLabel('ID lampu').fill('PJU-0001, PJU-0002, PJU-0003');
    await panel.getByRole('button', { name: '50 %' }).click();
    await panel.getByLabel('Alasan').fill('Hemat malam');
    await expect(async () => {
      await panel.getByRole('button', { name: 'Periksa dahulu' }).click();
      await expect(panel.getByText('2 lampu · siap')).toBeVisible({ timeout: 2000 });
    }).toPass();
    await expect(panel.getByText('1 lampu · tanpa alat kendali')).toBeVisible();
    expect(await violations(page), 'tried').toEqual([]);
    await panel.getByRole('button', { name: 'Suruh 2 lampu' }).click();
    const lamp = (id: string) => panel.getByRole('listitem').filter({ hasText: id });
    await expect(lamp('PJU-0001')).toContainText('Perintah: menunggu alat');
    await report(city, {
      'LC-1': { activePowerW: 45, levelPercent: 50 },
      'LC-2': { events: [{ eventType: 'dimmingFailure', startEndFlag: 'start' }] },
    });
    await expect(lamp('PJU-0001')).toContainText('Perintah: terbukti');
    await expect(lamp('PJU-0002')).toContainText('Perintah: gagal · peredupan gagal');
    await expect(lamp('PJU-0003')).toContainText('Perintah: gagal · tanpa alat kendali');
    expect(await violations(page), 'override').toEqual([]);
    await panel.getByRole('button', { name: 'Kembalikan sekarang' }).click();
    await panel.getByRole('button', { name: 'Ya, kembalikan' }).click();
    await expect(panel.getByText('Dikembalikan ke program')).toBeVisible();
    await expect(lamp('PJU-0001')).toContainText('Kembali: ');
    await panel.getByRole('button', { name: 'Semua perintah' }).click();
    await expect(panel.getByRole('button', { name: 'PJU-0001, PJU-0002' })).toBeVisible();
  });
});
