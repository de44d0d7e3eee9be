import { startTestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';
import { comeIn, furnish } from './scene-2-steps.ts';

test('an ambulance is booked by keys alone and planned; its driver reads whom, and sets off where there is no signal', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const city = await startTestCity({ env: { CAMERA_NETWORKS: '127.0.0.0/8' } });
  try {
    await furnish(city, 'http://127.0.0.1:9/snapshot.jpg');
    const { url } = city;
    const [rani, dewi, andi] = await Promise.all([
      comeIn(browser, { url, userName: 'rani' }),
      comeIn(browser, { url, userName: 'dewi' }),
      comeIn(browser, { url, userName: 'andi', path: '/field', width: 412 }),
    ]);
    const atDesk = rani.getByRole('complementary');
    const panel = dewi.getByRole('complementary');
    await andi.getByRole('button', { name: 'Siaga dengan Ambulans Dua' }).click();
    // without a number it asks once more
    await andi.getByRole('button', { name: 'Tetap siaga tanpa nomor' }).click();

    await test.step('a call-taker books a control visit by keys alone', async () => {
      await rani.keyboard.press('p');
      await atDesk.getByText('Pesanan baru').press('Enter');
      await atDesk.getByLabel('Nama pasien').fill('Bu Sumi');
      await atDesk.getByLabel('Nomor keluarga').fill('0812 0000 7777');
      await atDesk.getByLabel('Jemput di').fill('Gang Mangga 3');
      await atDesk.getByLabel('Antar ke').fill('RSUD dr. Moh. Saleh');
      await atDesk.getByLabel('Antar ke').press('Enter');
      await expect(atDesk.getByRole('status')).toContainText('Tersimpan');
      await expect(atDesk.getByRole('list', { name: 'Belum ada unit' })).toContainText('Bu Sumi');
    });

    const row = panel.getByRole('listitem').filter({ hasText: 'Bu Sumi' }).first();
    await test.step('a dispatcher writes what it needs, and plans it', async () => {
      await dewi.keyboard.press('p');
      await row.getByText('Bu Sumi').click();
      await row.getByText('Ubah catatan').click();
      await row.getByLabel(/Keperluan/).fill('kursi roda');
      await row.getByRole('button', { name: 'Simpan catatan' }).click();
      await row.getByRole('button', { name: /^Jadwalkan Ambulans Dua/ }).click();
      await expect(panel.getByRole('list', { name: 'Ambulans Dua' })).toContainText('terjadwal');
    });

    const trip = andi.getByRole('region', { name: 'Pesanan ambulans' });
    await test.step('its driver reads whom, and sets off where there is no signal', async () => {
      await expect(trip).toContainText('Bu Sumi · Gang Mangga 3 → RSUD dr. Moh. Saleh · kursi roda');
      await andi.context().setOffline(true);
      await trip.getByRole('button', { name: 'Berangkat' }).click();
      await expect(trip).toContainText('di jalan untuk kontrol');
      await expect(andi.getByText('1 langkah menunggu sinyal')).toBeVisible();
      await andi.context().setOffline(false);
      await expect(panel.getByRole('list', { name: 'Ambulans Dua' })).toContainText('di jalan untuk kontrol');
    });
  } finally {
    await city.stop();
    await city.remove();
  }
});
