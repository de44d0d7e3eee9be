import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './journey.ts';

test('radios are entered, one is taken in hand, the roll is called: one is there, one is heard, and one is lost', async ({
  browser,
  city,
  wall,
}) => {
  const panel = wall.getByRole('complementary');
  await test.step('the desk enters two radios', async () => {
    await wall.keyboard.press('t');
    await panel.getByRole('button', { name: 'Daftar HT' }).click();
    await panel.getByText('Catat atau ubah HT').click();
    for (const [handsetId, office] of [
      ['HT-014', 'Kelurahan Kanigaran'],
      ['HT-015', 'Pos Terminal Bayuangga'],
    ] as const) {
      await panel.getByLabel('Nomor HT', { exact: true }).fill(handsetId);
      await panel.getByLabel('Dipinjamkan ke kantor').fill(office);
      await panel.getByRole('button', { name: 'Satpol PP' }).click();
      await panel.getByLabel('SIM berlaku sampai').fill('2026-01-19');
      await panel.getByLabel('Paket data (Rp per bulan)').fill('55000');
      await panel.getByRole('button', { name: 'Simpan' }).click();
      await expect(panel.getByText(`${handsetId} tersimpan.`)).toBeVisible();
    }
    await expect(panel.getByText(/^HT seluler · belum pernah terdengar · SIM sampai/)).toHaveCount(2);
    await expect(panel.getByText('SIM atau paketnya sudah lewat: HT ini bisa diam.')).toHaveCount(2);
    await wall.screenshot({ path: test.info().outputPath('register.png') });
  });

  const phone = await (await browser.newContext({ viewport: { width: 412, height: 900 } })).newPage();
  await test.step('a phone says which of them it is', async () => {
    await phone.goto(`${city.url}/ht`);
    await phone.getByText('Ponsel ini HT nomor berapa?').click();
    await phone.getByRole('button', { name: 'HT-014 · Kelurahan Kanigaran' }).click();
    await expect(phone.getByText('HT-014 · Kelurahan Kanigaran')).toBeVisible();
  });

  await test.step('the roll is called: one press on the phone, one tick for who is heard', async () => {
    await wall.keyboard.press('t');
    await panel.getByText('Mulai apel').click();
    await panel.getByRole('button', { name: 'Satpol PP' }).last().click();
    await expect(panel.getByText('0 dari 2 HT menjawab')).toBeVisible();
    await phone.getByRole('button', { name: 'HADIR · HT-014' }).click();
    await expect(phone.getByText(/^Hadir di apel Satpol PP, tercatat \d\d\.\d\d\./)).toBeVisible();
    await expect(panel.getByText('1 dari 2 HT menjawab')).toBeVisible();
    await expect(panel.getByText('HT-014 · Kelurahan Kanigaran')).toHaveCount(0);
    for (const page of [phone, wall]) {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
    await wall.screenshot({ path: test.info().outputPath('roll-call.png') });
    await phone.screenshot({ path: test.info().outputPath('phone.png') });
    await panel.getByRole('button', { name: 'Terdengar: HT-015' }).click();
    await expect(panel.getByText('2 dari 2 HT menjawab')).toBeVisible();
    await panel.getByRole('button', { name: 'Akhiri apel' }).click();
    await expect(panel.getByRole('heading', { name: /^Apel terakhir Satpol PP/ })).toBeVisible();
  });

  await test.step('one is lost: it is said, and cannot be taken in hand', async () => {
    await panel.getByRole('button', { name: 'Daftar HT' }).click();
    const row = panel.getByRole('listitem').filter({ hasText: 'HT-015' });
    await row.getByText('Nyatakan hilang').first().click();
    await row.getByLabel('Hilang di mana, kapan').fill('terminal, Sabtu malam');
    await row.getByRole('button', { name: 'Nyatakan hilang' }).click();
    await expect(row.getByText(/^HILANG sejak .*: terminal, Sabtu malam$/)).toBeVisible();
    await phone.getByText('HT-014 · Kelurahan Kanigaran').click();
    await expect(phone.getByRole('button', { name: /^HT-014/ })).toBeVisible();
    await expect(phone.getByRole('button', { name: /^HT-015/ })).toHaveCount(0);
  });
});
