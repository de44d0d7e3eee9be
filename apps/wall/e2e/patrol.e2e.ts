import AxeBuilder from '@axe-core/playwright';
import { createClient, ListPatrolRoutes, PutUnit } from '@siaga/contracts';
import { startTestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';
import { comeIn, furnish } from './scene-2-steps.ts';

test('a squad walks its round, also without a signal, and the desk sees where it was', async ({ browser }) => {
  const city = await startTestCity({ env: { CAMERA_NETWORKS: '127.0.0.0/8' } });
  try {
    const { url } = city;
    const call = createClient({ baseUrl: url });
    const squad = { unitClass: 'foot-patrol', agency: 'satpolpp', answers: 'base' } as const;
    await call(PutUnit, { params: { unitId: 'SPP-1' }, body: { ...squad, name: 'Surya 1', capabilities: [] } });
    const [route] = (await call(ListPatrolRoutes, {})).items;
    const { lat = 0, lng = 0 } = route?.places[0] ?? {};
    await furnish(city, 'http://127.0.0.1:9/snapshot.jpg');
    const [desk, phone] = await Promise.all([
      comeIn(browser, { url, userName: 'dewi' }),
      comeIn(browser, {
        ...{ url, userName: 'eko', path: '/field', width: 360 },
        geolocation: { latitude: lat, longitude: lng, accuracy: 6 },
      }),
    ]);
    const context = phone.context();
    const round = phone.getByRole('region', { name: 'Patroli' });

    await test.step('a round is begun, and a place checked in where it was measured', async () => {
      await phone.getByLabel('Nomor ponsel Anda').fill('0812 0000 5678');
      await phone.getByRole('button', { name: 'Siaga dengan Surya 1' }).click();
      await round.getByRole('button', { name: 'MULAI RONDE' }).click();
      await round.getByRole('button', { name: 'SAYA DI Alun-alun 0 m dari sini' }).click();
      const visits = round.getByRole('list', { name: 'Tempat ronde' });
      await expect(visits.getByRole('listitem')).toHaveText(/^Alun-alun · \d\d\.\d\d$/);
      await expect(phone.getByText(/^Letak unit terkirim \d\d\.\d\d/)).toBeVisible();
    });

    await test.step('a photo', async () => {
      // what a camera gives: a picture that can be drawn
      const buffer = await phone.screenshot({ type: 'jpeg' });
      await round.getByLabel('Ambil foto').setInputFiles({ name: 'temuan.jpg', mimeType: 'image/jpeg', buffer });
      await expect(round.getByText('1 foto diambil')).toBeVisible();
      const { violations } = await new AxeBuilder({ page: phone })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await phone.screenshot({ path: test.info().outputPath('round.png'), fullPage: true });
    });

    await test.step('without a signal: a report in two presses, and a place', async () => {
      await context.setOffline(true);
      await round.getByText('LAPOR').click();
      await round.getByRole('button', { name: 'Gelandangan' }).click();
      await round.getByRole('button', { name: 'Kirim ke 112' }).click();
      await round.getByText('Tempat lain').click();
      await round.getByRole('button', { name: /^Bundaran Gladak Serang/ }).click();
      await expect(phone.getByText('2 langkah menunggu sinyal')).toBeVisible();
      await expect(round.getByText(/Bundaran Gladak Serang · .* · belum terkirim/)).toBeVisible();
      await phone.screenshot({ path: test.info().outputPath('without-signal.png'), fullPage: true });
      await context.setOffline(false);
      await expect(round.getByText(/Bundaran Gladak Serang · .* · dicatat tangan$/)).toBeVisible();
    });

    await test.step('the desk sees where it was, its photo, and what it found', async () => {
      const panel = desk.getByRole('complementary');
      await desk.keyboard.press('u');
      await panel.getByRole('button', { name: 'Patroli hari ini' }).click();
      await expect(panel.getByText(/Surya 1 · berjalan/)).toBeVisible();
      await expect(panel.getByText(/Surya 1 · dicatat tangan/)).toBeVisible();
      await panel.getByRole('button', { name: '1 foto' }).click();
      await expect(panel.getByRole('img', { name: /^Foto patroli/ })).toBeVisible();
      await desk.screenshot({ path: test.info().outputPath('desk.png') });
      await panel.getByRole('button', { name: 'Buka kejadian' }).click();
      await expect(panel.getByText(/Temuan patroli PTR-/)).toBeVisible();
    });

    await test.step('home without a signal: the end of the round is sent also when the desk has ended its duty meanwhile', async () => {
      await context.setOffline(true);
      await round.getByRole('button', { name: 'Akhiri ronde' }).click();
      await round.getByRole('button', { name: 'Ya, akhiri' }).click();
      await expect(round.getByText('Ronde selesai')).toBeVisible();
      await expect(phone.getByText('1 langkah menunggu sinyal')).toBeVisible();
      const panel = desk.getByRole('complementary');
      await desk.keyboard.press('Escape');
      await desk.keyboard.press('u');
      const squadRow = panel.getByRole('listitem').filter({ hasText: 'Surya 1' });
      await squadRow.getByRole('button', { name: 'Lepas dinas' }).click();
      await context.setOffline(false);
      await expect(phone.getByRole('button', { name: 'Siaga dengan Surya 1' })).toBeVisible();
      await expect(phone.getByText('1 langkah menunggu sinyal')).toBeHidden();
      await expect(phone.getByText('Tidak diterima')).toBeHidden();
      await panel.getByRole('button', { name: 'Patroli hari ini' }).click();
      await expect(panel.getByText(/Surya 1 · selesai/)).toBeVisible();
    });

    await test.step('who signs out leaves nothing of himself on the phone', async () => {
      const kept = () => phone.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('siaga.')));
      expect(await kept()).toContain('siaga.seen.crew');
      await phone.getByRole('button', { name: 'Keluar' }).click();
      await expect(phone.getByLabel('Nama pengguna')).toBeVisible();
      const ofTheDevice = ['siaga.alarm-sound', 'siaga.city', 'siaga.language'];
      expect((await kept()).filter((name) => !ofTheDevice.includes(name))).toEqual([]);
    });
  } finally {
    await city.stop();
    await city.remove();
  }
});
