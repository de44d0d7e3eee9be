import { Buffer } from 'node:buffer';
import { expect, test } from './journey.ts';

const sheet = (lines: readonly string[]) => ({
  name: 'truk.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['ID Truk;Nomor Polisi;Nomor Lambung;Jenis;Kapasitas (kg)', ...lines].join('\n')),
});

test('first hour: import trucks, adopt a phone, see it move', async ({ wall, tracker }) => {
  const panel = wall.getByRole('complementary');
  const trucks = wall.getByRole('list', { name: 'Truk sampah' });

  await test.step('an empty city says how to begin', async () => {
    await expect(wall.getByRole('heading', { name: 'Belum ada truk' })).toBeVisible();
    await wall.getByRole('button', { name: 'Impor truk' }).click();
  });

  await test.step('a sheet with a mistake names its line and writes nothing', async () => {
    const file = sheet(['DLH-01;N 8123 RP;01;Compactor;4.000', 'DLH-02;N 8124 RP;02;Becak;4000']);
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(file);
    await expect(panel.getByText('Baris 3 · Jenis')).toBeVisible();
    await expect(panel.getByRole('button', { name: /^Impor \d+ truk$/ })).toBeHidden();
    await expect(trucks).toBeHidden();
  });

  await test.step('the corrected sheet is checked, then imported', async () => {
    const file = sheet(['DLH-01;N 8123 RP;01;Compactor;4.000', 'DLH-02;N 8124 RP;02;Dump truck;4 ton']);
    await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(file);
    await expect(panel.getByText('2 baru')).toBeVisible();
    await panel.getByRole('button', { name: 'Impor 2 truk' }).click();
    await expect(panel.getByText('Tersimpan: 2 baru, 0 berubah.')).toBeVisible();
    await expect(trucks.getByRole('button')).toHaveCount(2);
    await expect(trucks.getByRole('button', { name: 'DLH-01' })).toContainText('belum pernah lapor');
  });

  const phone = tracker('hp-budi');
  await test.step('an unknown phone is refused, seen, and adopted in one click', async () => {
    expect(await phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 0, secondsAgo: 130 })).toBe(400);
    await expect(wall.getByRole('heading', { name: 'hp-budi' })).toBeVisible();
    const choices = wall.getByRole('button', { name: /^Pasang hp-budi ke/ });
    await wall.getByRole('button', { name: 'Pasang ke truk: hp-budi' }).click();
    await expect(choices).toHaveCount(2);
    await wall.keyboard.press('Escape');
    await expect(choices).toHaveCount(0);
    await wall.keyboard.press('Enter');
    await wall.keyboard.type('8123');
    await expect(choices).toHaveCount(1);
    await wall.getByRole('button', { name: 'Pasang hp-budi ke DLH-01' }).click();
    await expect(wall.getByRole('heading', { name: 'hp-budi' })).toBeHidden();
  });

  await test.step('it moves', async () => {
    await expect.poll(() => phone.report({ lat: -7.7561, lng: 113.2106, speedKph: 18, secondsAgo: 60 })).toBe(200);
    await expect(trucks.getByRole('button', { name: 'DLH-01' })).toContainText('18 km/j');
    expect(await phone.report({ lat: -7.7561, lng: 113.2146, speedKph: 31 })).toBe(200);
    await expect(trucks.getByRole('button', { name: 'DLH-01' })).toContainText('31 km/j');
  });

  await test.step('its day is on a slider', async () => {
    await trucks.getByRole('button', { name: 'DLH-01' }).click();
    await expect(panel.getByText('N 8123 RP · lambung 01 · Compactor · muat 4 ton')).toBeVisible();
    await expect(panel.getByText('hp-budi (osmand)')).toBeVisible();
    await expect(panel.getByText('87 %')).toBeVisible();
    await expect(panel.getByText('2 titik')).toBeVisible();
    await panel.getByRole('slider', { name: 'Waktu pada jejak' }).press('Home');
    await expect(panel.getByRole('region', { name: 'Jejak hari ini' })).toContainText('18 km/j');
  });

  await test.step('what is refused says why', async () => {
    await phone.report({ lat: 0, lng: 0, speedKph: 0 });
    const intake = panel.getByRole('region', { name: 'Laporan hari ini' });
    await expect(intake).toContainText('posisi 0,0: GPS belum mengunci');
    await expect(wall.getByRole('region', { name: 'Laporan diterima' })).toContainText('1 ditolak');
  });
});

test('an import can be taken back', async ({ wall }) => {
  const panel = wall.getByRole('complementary');
  await wall.getByRole('button', { name: 'Impor truk' }).click();
  await panel.getByLabel('Pilih berkas .xlsx atau .csv').setInputFiles(sheet(['DLH-09;N 8130 RP;09;Tossa;500']));
  await panel.getByRole('button', { name: 'Impor 1 truk' }).click();
  await expect(wall.getByRole('button', { name: 'DLH-09' })).toBeVisible();
  await panel.getByRole('button', { name: 'Batalkan impor ini' }).click();
  await expect(panel.getByText('Dibatalkan: 1 dihapus, 0 dikembalikan.')).toBeVisible();
  await expect(wall.getByRole('heading', { name: 'Belum ada truk' })).toBeVisible();
});
