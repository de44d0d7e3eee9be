import { createClient, RegisterTruck } from '@siaga/contracts';
import { asItHangs, expect, mapDrawn, test } from './journey.ts';

test.use({ ...asItHangs, ...mapDrawn });

const outageMs = 90_000;

test('scene 5: the link is lost for 90 s, the wall says so, and fills in what it missed', async ({
  city,
  way,
  wall,
  tracker,
}) => {
  test.setTimeout(outageMs + 240_000);
  const call = createClient({ baseUrl: city.url });
  const devices = [{ protocol: 'osmand' as const, deviceId: 'hp-07' }];
  const truck = { truckId: 'DLH-07', plate: 'N 8142 RP', hullNumber: '07', kind: 'dump' as const, capacityKg: 4000 };
  await call(RegisterTruck, { body: { ...truck, devices } });
  const phone = tracker('hp-07');
  const row = wall.getByRole('button', { name: 'DLH-07' });
  const clock = wall.getByLabel('Jam kota');
  const cityTime = async () => Date.parse((await clock.getAttribute('datetime')) ?? '');
  const lost = wall.getByRole('alert');

  await expect.poll(() => phone.report({ lat: -7.756, lng: 113.21, speedKph: 22 })).toBe(200);
  await expect(row).toContainText('22 km/j');

  const cutAtMs = await cityTime();
  way.cut();
  await expect(lost).toContainText('Sambungan terputus');
  await expect(wall.getByRole('status', { name: 'Sambungan' })).toContainText('Terputus');

  await expect.poll(async () => (await cityTime()) - cutAtMs, { timeout: outageMs + 30_000 }).toBeGreaterThan(outageMs);
  for (const step of [4, 3, 2, 1, 0]) {
    const report = { lat: -7.756, lng: 113.214 - step * 0.0005, speedKph: 30 + step, secondsAgo: step * 10 };
    expect(await phone.report(report)).toBe(200);
  }
  await expect(lost).toContainText('Sambungan terputus 1 mnt');
  await expect(row, 'what is shown is what was known').toContainText('22 km/j');

  way.restore();
  await expect(wall.getByText('Tersambung lagi setelah 1 mnt')).toBeVisible({ timeout: 15_000 });
  await expect(wall.getByText('5 kejadian yang terlewat sudah disusulkan')).toBeVisible();
  await expect(lost).toBeHidden();
  await expect(row).toContainText('30 km/j');
  await expect(wall.getByRole('region', { name: 'Laporan diterima' })).toContainText('6');

  await row.click();
  await expect(wall.getByRole('complementary').getByText('6 titik')).toBeVisible();
});
