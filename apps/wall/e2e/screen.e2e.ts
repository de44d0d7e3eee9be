import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createClient, RegisterTruck } from '@siaga/contracts';
import { asItHangs, expect, mapDrawn, test } from './journey.ts';

test.use(mapDrawn);

async function violations(wall: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page: wall })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('the wall keeps to WCAG 2.2 AA: empty, with a truck, and with each panel', async ({ city, wall, tracker }) => {
  expect(await violations(wall)).toEqual([]);
  expect(await tracker('hp-asing').report({ lat: -7.756, lng: 113.21, speedKph: 0 })).toBe(400);
  await wall.getByRole('button', { name: 'Pasang ke truk: hp-asing' }).click();
  const call = createClient({ baseUrl: city.url });
  await call(RegisterTruck, {
    body: { truckId: 'DLH-01', plate: 'N 8123 RP', hullNumber: '01', kind: 'dump', capacityKg: 4000 },
  });
  await wall.getByRole('list', { name: 'Truk sampah' }).getByRole('button', { name: 'DLH-01' }).click();
  expect(await violations(wall)).toEqual([]);
  for (const name of ['Hubungkan alat', 'Impor truk', 'Tombol']) {
    await wall.getByRole('button', { name }).click();
    await expect(wall.getByRole('complementary').getByRole('heading', { name })).toBeVisible();
    expect(await violations(wall), name).toEqual([]);
  }
});

test('everything has a key', async ({ city, wall }) => {
  const call = createClient({ baseUrl: city.url });
  for (const truckId of ['DLH-01', 'DLH-02'])
    await call(RegisterTruck, {
      body: { truckId, plate: `N ${truckId}`, hullNumber: '1', kind: 'dump', capacityKg: 1 },
    });
  await expect(wall.getByRole('button', { name: 'DLH-02' })).toBeVisible();

  await wall.keyboard.press('?');
  await expect(wall.getByRole('complementary').getByRole('heading', { name: 'Tombol' })).toBeVisible();
  await wall.keyboard.press('Escape');
  await expect(wall.getByRole('complementary')).toBeHidden();

  await wall.keyboard.press('/');
  await wall.keyboard.type('dlh 02');
  await expect(wall.getByRole('list', { name: 'Truk sampah' }).getByRole('button')).toHaveCount(1);
  await wall.keyboard.press('ArrowDown');
  await wall.keyboard.press('Enter');
  await expect(wall.getByRole('complementary').getByRole('heading', { name: 'DLH-02' })).toBeVisible();

  await wall.getByRole('searchbox').fill('dlh 01');
  await wall.keyboard.press('Enter');
  await expect(wall.getByRole('complementary').getByRole('heading', { name: 'DLH-01' })).toBeVisible();
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('s');
  await expect(wall.getByRole('complementary').getByRole('heading', { name: 'Sistem' })).toBeVisible();

  await wall.keyboard.press('l');
  await expect(wall.getByRole('button', { name: 'Import trucks' })).toBeVisible();
  await expect(wall.locator('html')).toHaveAttribute('lang', 'en');
});

test.describe('as it hangs', () => {
  test.use(asItHangs);

  test('the map is drawn without any other host', async ({ wall }) => {
    const map = wall.getByRole('region', { name: 'Peta kota' });
    await expect(map).toBeVisible();
    await expect(wall.getByText('Batas wilayah: cahyadsn/wilayah_boundaries (MIT)')).toBeVisible();
    const hosts = await wall.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
    );
    expect(new Set(hosts)).toEqual(new Set([new URL(wall.url()).host]));
  });
});
