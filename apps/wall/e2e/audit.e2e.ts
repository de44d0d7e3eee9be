import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { comeIn, furnish, lookAtBudi, reason, whoSawBudi } from './audit-steps.ts';
import { expect, test } from './journey.ts';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('an administrator finds out who saw a person, who changed a truck, and what somebody did', async ({ browser }) => {
  test.setTimeout(480_000);
  const city = await startTestCity();
  try {
    // more trucks than the panel shows at once
    await furnish(city, 55);

    await test.step('Rani uncovers masked data, states why, and looks at where Budi is signed in', async () => {
      const rani = await comeIn(browser, city.url, 'rani');
      await lookAtBudi(rani);
      const toTheTrail = rani.getByRole('button', { name: 'Siapa melihat atau mengubah ini' });
      await expect(toTheTrail, 'not for her').toBeHidden();
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
      await whoSawBudi(dewi);
      const seen = rows.filter({ hasText: 'Melihat data yang dibuka' });
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
      await expect(panel.getByLabel('ID', { exact: true })).toBeFocused();
      await dewi.keyboard.type('DLH-99');
      await dewi.keyboard.press('Enter');
      await expect(panel.getByText(/^Tidak ada catatan tentang Truk DLH-99\./)).toBeVisible();
      await panel.getByLabel('ID', { exact: true }).fill('DLH-07');
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
