import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { AcceptInvitation, createClient, InvitePerson, RegisterTruck, type PersonRole } from '@siaga/contracts';
import { startTestCity, type TestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';

const password = 'kapal berlabuh di mayangan';
const reason = 'Laporan orang hilang nomor 17';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const people: readonly { name: string; userName: string; role: PersonRole }[] = [
  { name: 'Dewi Lestari', userName: 'dewi', role: 'city-admin' },
  { name: 'Rani Wulandari', userName: 'rani', role: 'agency-admin' },
  { name: 'Budi Santoso', userName: 'budi', role: 'viewer' },
];

/** More trucks than the panel shows at once, and three people of DLH who have come in once. */
async function furnish({ url }: TestCity) {
  const call = createClient({ baseUrl: url });
  for (let hull = 1; hull <= 55; hull += 1) {
    const truckId = `DLH-${String(hull).padStart(2, '0')}`;
    const body = { truckId, plate: `N ${String(8000 + hull)} RP`, hullNumber: String(hull), kind: 'dump' as const, capacityKg: 4000, devices: [] }; // prettier-ignore
    await call(RegisterTruck, { body });
  }
  // all links first: once somebody administers the city, nobody is the local operator
  const links = [];
  for (const { name, role } of people)
    links.push(await call(InvitePerson, { body: { displayName: name, agencies: ['dlh'], roles: [role] } }));
  for (const [at, { path }] of links.entries())
    await call(AcceptInvitation, {
      body: { token: path.replace(/^.*#undangan=/, ''), userName: people[at]?.userName ?? '', password },
    });
}

/** Somebody at a browser of his own. */
async function comeIn(browser: Browser, url: string, userName: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Nama pengguna').fill(userName);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung', { timeout: 60_000 });
  return page;
}

test('an administrator finds out who saw a person, who changed a truck, and what somebody did', async ({ browser }) => {
  test.setTimeout(480_000);
  const city = await startTestCity();
  try {
    await furnish(city);

    await test.step('Rani uncovers masked data, states why, and looks at where Budi is signed in', async () => {
      const rani = await comeIn(browser, city.url, 'rani');
      const panel = rani.getByRole('complementary');
      await rani.keyboard.press('m');
      await panel.getByText('Buka data yang disamarkan').click();
      await panel.getByLabel('Alasan').fill(reason);
      await panel.getByRole('button', { name: 'Buka 5 menit' }).click();
      await expect(rani.getByText(/^Data pribadi terbuka/)).toBeVisible();
      await rani.keyboard.press('k');
      await panel.getByRole('button', { name: /^Budi Santoso/ }).click();
      await expect(panel.getByText(/^127\.0\.0\.1 · terakhir/)).toBeVisible();
      await expect(panel.getByRole('button', { name: 'Siapa melihat atau mengubah ini' }), 'not for her').toBeHidden();
      await rani.context().close();
    });

    await test.step('a viewer has no such panel', async () => {
      const budi = await comeIn(browser, city.url, 'budi');
      await budi.keyboard.press('?');
      await expect(budi.getByText('cari', { exact: true })).toBeVisible();
      await expect(budi.getByText('catatan audit: siapa melihat')).toBeHidden();
      await budi.keyboard.press('Escape');
      await budi.keyboard.press('c');
      await expect(budi.getByRole('complementary')).toBeHidden();
      await budi.context().close();
    });

    const dewi = await comeIn(browser, city.url, 'dewi');
    const panel = dewi.getByRole('complementary');
    const rows = panel.getByRole('article');

    await test.step('from his page the administrator sees who saw him, when, what of him, and why', async () => {
      await dewi.keyboard.press('k');
      await panel.getByRole('button', { name: /^Budi Santoso/ }).click();
      await panel.getByRole('button', { name: 'Siapa melihat atau mengubah ini' }).click();
      await expect(panel.getByText('Siapa melihat atau mengubah: Orang Budi Santoso')).toBeVisible();
      const seen = rows.filter({ hasText: 'Melihat data yang dibuka' });
      await expect(async () => {
        await panel.getByRole('button', { name: 'Muat lagi' }).click();
        await expect(seen).toHaveCount(1, { timeout: 2000 });
      }).toPass();
      await expect(seen.getByRole('button', { name: 'Rani Wulandari' })).toBeVisible();
      await expect(seen.getByText('Data pribadi')).toBeVisible();
      await expect(seen.getByText('Melihat daftar sesi')).toBeVisible();
      await expect(seen.getByText(reason)).toBeVisible();
      await expect(seen.getByRole('time')).toHaveText(/^\d\d\.\d\d\.\d\d$/);
      await expect(panel.getByRole('heading', { name: / WIB$/ })).toBeVisible();
      expect(await violations(dewi), 'who saw').toEqual([]);
    });

    await test.step('and what else she did', async () => {
      await rows.getByRole('button', { name: 'Rani Wulandari' }).first().click();
      await expect(panel.getByText('Yang dilakukan: Rani Wulandari')).toBeVisible();
      await expect(rows.filter({ hasText: 'Membuka data yang disamarkan' }).getByText(reason)).toBeVisible();
      await expect(rows.filter({ hasText: 'Orang Budi Santoso' })).not.toHaveCount(0);
    });

    await test.step('by the key he asks for a truck by its id, and comes to its panel and back', async () => {
      await dewi.keyboard.press('c');
      await dewi.keyboard.press('c');
      await expect(panel.getByLabel('ID')).toBeFocused();
      await dewi.keyboard.type('DLH-99');
      await dewi.keyboard.press('Enter');
      await expect(panel.getByText(/^Tidak ada catatan tentang Truk DLH-99\./)).toBeVisible();
      await panel.getByLabel('ID').fill('DLH-07');
      await dewi.keyboard.press('Enter');
      await expect(rows.filter({ hasText: 'Mendaftarkan truk' })).toContainText('Operator setempat');
      await panel.getByRole('button', { name: 'Buka halamannya' }).click();
      await expect(panel.getByRole('heading', { name: 'DLH-07' })).toBeVisible();
      await panel.getByRole('button', { name: 'Siapa melihat atau mengubah ini' }).click();
      await expect(rows.filter({ hasText: 'Mendaftarkan truk' })).toBeVisible();
    });

    await test.step('all of it comes page by page, and as a file', async () => {
      await panel.getByRole('button', { name: 'Semua catatan' }).click();
      await expect(rows.filter({ hasText: 'Mendaftarkan truk' })).not.toHaveCount(0);
      await expect(rows.filter({ hasText: 'Truk DLH-01' })).toBeHidden();
      expect(await violations(dewi), 'all').toEqual([]);
      await panel.getByRole('button', { name: 'Tampilkan yang lebih lama' }).click();
      await expect(rows.filter({ hasText: 'Truk DLH-01' })).toBeVisible();
      await expect(panel.getByText('Tidak ada yang lebih lama.')).toBeVisible();
      const coming = dewi.waitForEvent('download');
      await panel.getByRole('button', { name: 'Simpan semua sebagai CSV' }).click();
      const file = await coming;
      expect(file.suggestedFilename()).toMatch(/^catatan-audit-\d{4}-\d\d-\d\d\.csv$/);
      const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
      expect(lines[0]).toContain('Waktu (WIB);Pelaku;');
      expect(lines.filter((line) => line.includes(';truck:DLH-'))).toHaveLength(55);
      await expect(panel.getByText(/^\d+ catatan tersimpan\.$/)).toBeVisible();
    });
  } finally {
    await city.stop();
    await city.remove();
  }
});
