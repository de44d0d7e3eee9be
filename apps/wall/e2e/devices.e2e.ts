import AxeBuilder from '@axe-core/playwright';
import { ChangeDeviceCredentials, createClient, RegisterTruck, type AgencyDevice } from '@siaga/contracts';
import { expect, test } from './journey.ts';

const device: AgencyDevice = { agency: 'dlh', protocol: 'osmand', deviceId: 'hp-07' };

test('an administrator gives a tracker its key, sees why it is refused, and shuts it out', async ({ city, wall }) => {
  const call = createClient({ baseUrl: city.url });
  const { protocol, deviceId } = device;
  await call(RegisterTruck, {
    body: {
      truckId: 'DLH-07',
      plate: 'N 8123 RP',
      hullNumber: '07',
      kind: 'dump',
      capacityKg: 4000,
      devices: [{ protocol, deviceId }],
    },
  });
  const report = async (key = '') =>
    (await fetch(`${city.url}/ingest/osmand/${key}?id=${deviceId}&lat=-7.747&lon=113.216`)).status;
  let key = '';
  const panel = wall.getByRole('complementary');

  await test.step('he finds the way to it by agency, app and id', async () => {
    await wall.keyboard.press('k');
    await panel.getByRole('button', { name: 'Alat', exact: true }).click();
    await panel.getByLabel('ID alat', { exact: true }).fill(deviceId);
    const go = panel.getByRole('button', { name: 'Beri kunci', exact: true });
    await expect(go, 'whose it is, is not said yet').toBeDisabled();
    await panel.getByRole('group', { name: 'Alat milik OPD' }).getByRole('button', { name: 'DLH' }).click();
    const { violations } = await new AxeBuilder({ page: wall }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await go.click();
    await expect(panel.getByRole('heading', { name: 'hp-07 DLH · Traccar Client' })).toBeVisible();
    await expect(panel.getByText('tanpa kunci', { exact: true })).toBeVisible();
  });

  await test.step('it gets a key, shown once, and is heard with it alone', async () => {
    await panel.getByRole('button', { name: 'Beri kunci', exact: true }).click();
    await panel.getByRole('button', { name: 'Beri kunci hp-07' }).click();
    key = (await panel.locator('.secret').last().textContent()) ?? '';
    expect(key).toMatch(/^siaga_dk_/);
    await expect.poll(() => report()).toBe(400);
    expect(await report(key)).toBe(200);
  });

  await test.step('what somebody else changed meanwhile is shown before he changes it', async () => {
    const body = { version: 1, networks: ['10.20.0.0/16'] };
    await call(ChangeDeviceCredentials, { params: device, body });
    await panel.getByLabel('Hanya dari jaringan').fill('10.30.0.0/16');
    await panel.getByRole('button', { name: 'Simpan jaringan' }).click();
    await expect(panel.getByRole('alert')).toContainText('Baru saja diubah orang lain');
    await expect(panel.getByLabel('Hanya dari jaringan')).toHaveValue('10.20.0.0/16');
    await panel.getByLabel('Hanya dari jaringan').fill('');
    await panel.getByRole('button', { name: 'Simpan jaringan' }).click();
    await expect(panel.getByText('Tersimpan.')).toBeVisible();
  });

  await test.step('he blocks it, and finds it in the list', async () => {
    await panel.getByRole('button', { name: 'Blokir alat' }).click();
    await panel.getByRole('button', { name: 'Ya, blokir hp-07' }).click();
    await expect(panel.getByText('diblokir', { exact: true })).toBeVisible();
    await panel.getByRole('button', { name: 'Kembali' }).click();
    await panel.getByLabel('Cari protokol atau ID alat').fill('bukan ini');
    await expect(panel.getByText('Tidak ada alat yang cocok dengan “bukan ini”.')).toBeVisible();
    await panel.getByLabel('Cari protokol atau ID alat').fill('HP-07');
    await expect(panel.getByRole('list', { name: 'Kunci alat' }).getByRole('button')).toHaveText(
      /hp-07.*diblokir.*DLH/,
    );
  });

  await test.step('the audit trail, which knows it by a pseudonym only, tells him by its name who did all that', async () => {
    await panel.getByRole('list', { name: 'Kunci alat' }).getByRole('button').click();
    await panel.getByRole('button', { name: 'Siapa melihat atau mengubah ini' }).click();
    await expect(panel.getByText('Siapa melihat atau mengubah: Alat hp-07')).toBeVisible();
    const rows = panel.getByRole('article').filter({ hasText: 'Operator setempat' });
    await expect(async () => {
      await panel.getByRole('button', { name: 'Muat lagi' }).click();
      await expect(rows.filter({ hasText: 'Mengubah izin alat' }).first()).toBeVisible({ timeout: 2000 });
      await expect(rows.filter({ hasText: 'Memberi kunci alat' })).toHaveCount(1, { timeout: 2000 });
    }).toPass();
    await expect(rows.filter({ hasText: 'diubah orang lain lebih dulu' }), 'what came too late').toHaveCount(1);
  });

  await test.step('the phone is told nothing of it, the operator why', async () => {
    await expect.poll(() => report(key)).toBe(400);
    await wall.getByRole('list', { name: 'Truk sampah' }).getByRole('button', { name: 'DLH-07' }).click();
    await expect(panel.getByText('alat diblokir')).toBeVisible();
  });
});
