import { expect, test } from './journey.ts';

test.use({ cityEnv: { WEBHOOK_NETWORKS: '127.0.0.0/8' } });

test('the address that writes to crews is set, its key shown once, and removed', async ({ wall }) => {
  const panel = wall.getByRole('complementary');
  await wall.keyboard.press('u');
  await panel.getByText('SMS/WA ke awak').click();
  await expect(panel.getByText('tidak diatur: awak hanya dihubungi lewat aplikasi dan telepon')).toBeVisible();
  await panel.getByRole('button', { name: 'WA', exact: true }).click();
  await panel.getByLabel('Alamat').fill('http://127.0.0.1:9/pesan');
  await panel.getByRole('button', { name: 'Pakai alamat ini' }).click();
  await expect(panel.getByText('Hanya ditampilkan sekali ini.')).toBeVisible();
  await expect(panel.getByText('belum ada pesan yang dikirim')).toBeVisible();
  await wall.screenshot({ path: test.info().outputPath('set.png') });

  // opened again, the key is gone
  await wall.keyboard.press('u');
  await wall.keyboard.press('u');
  await panel.getByText('SMS/WA ke awak').click();
  await expect(panel.getByText('belum ada pesan yang dikirim')).toBeVisible();
  await expect(panel.getByText('Hanya ditampilkan sekali ini.')).toHaveCount(0);
  await panel.getByRole('button', { name: 'Hapus alamat' }).click();
  await panel.getByRole('button', { name: 'Ya, hapus' }).click();
  await expect(panel.getByText('tidak diatur: awak hanya')).toBeVisible();
});
