import AxeBuilder from '@axe-core/playwright';
import { createClient, ListPatrolRoutes, PutUnit } from '@siaga/contracts';
import { expect, test } from './journey.ts';

/** One grey point: a whole jpeg, as small as one can be. */
const jpegBase64 =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';
const photo = { name: 'temuan.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([Buffer.from(jpegBase64, 'base64'), Buffer.from('ffd9', 'hex')]) }; // prettier-ignore

test('a squad walks its round, also without a signal, and the desk sees where it was', async ({
  wall,
  city,
  browser,
}) => {
  const desk = createClient({ baseUrl: city.url });
  const unit = { unitClass: 'foot-patrol', agency: 'satpolpp', answers: 'base' } as const;
  await desk(PutUnit, { params: { unitId: 'SPP-1' }, body: { ...unit, name: 'Surya 1', capabilities: [] } });
  const [route] = (await desk(ListPatrolRoutes, {})).items;
  const { lat = 0, lng = 0 } = route?.places[0] ?? {};
  const context = await browser.newContext({
    ...{ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true },
    ...{ permissions: ['geolocation'], geolocation: { latitude: lat, longitude: lng, accuracy: 6 } },
  });
  const phone = await context.newPage();
  const said: string[] = [];
  phone.on('console', (message) => said.push(message.text()));
  phone.on('pageerror', (error) => said.push(`page error: ${error.message}`));

  await test.step('on the round', async () => {
    await phone.goto(`${city.url}/field`);
    await phone.getByRole('button', { name: 'Siaga dengan Surya 1' }).click();
    await phone.getByRole('button', { name: 'MULAI RONDE' }).click();
    await phone.getByRole('button', { name: 'SAYA DI Alun-alun 0 m dari sini' }).click();
    const visits = phone.getByRole('list', { name: 'Tempat ronde' });
    await expect(visits.getByRole('listitem')).toHaveText(/^Alun-alun · \d\d\.\d\d$/);
    await phone.getByLabel('Ambil foto').setInputFiles(photo);
    await expect(phone.getByText('1 foto diambil')).toBeVisible();
    const { violations } = await new AxeBuilder({ page: phone }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await phone.screenshot({ path: test.info().outputPath('round.png'), fullPage: true });
  });

  await test.step('without a signal', async () => {
    await context.setOffline(true);
    await phone.getByText('LAPOR').click();
    await phone.getByRole('button', { name: 'Gelandangan' }).click();
    await phone.screenshot({ path: test.info().outputPath('report.png'), fullPage: true });
    await phone.getByRole('button', { name: 'Kirim ke 112' }).click();
    await phone.getByText('Tempat lain').click();
    await phone.getByRole('button', { name: /^Bundaran Gladak Serang/ }).click();
    await expect(phone.getByText('2 langkah menunggu sinyal')).toBeVisible();
    await expect(phone.getByText(/Bundaran Gladak Serang · .* · belum terkirim/)).toBeVisible();
    await context.setOffline(false);
    await expect(phone.getByText(/Bundaran Gladak Serang · .* · dicatat tangan$/)).toBeVisible({ timeout: 20_000 });
  });

  await test.step('at the desk', async () => {
    await wall.keyboard.press('u');
    await wall.getByRole('button', { name: 'Patroli hari ini' }).click();
    await expect(wall.getByText(/Surya 1 · berjalan/)).toBeVisible();
    await expect(wall.getByText(/Surya 1 · dicatat tangan/)).toBeVisible();
    await wall.screenshot({ path: test.info().outputPath('desk.png') });
    await wall.getByRole('button', { name: 'Buka kejadian' }).click();
    await expect(wall.getByText(/Temuan patroli PTR-/)).toBeVisible();
  });

  await test.step('and home', async () => {
    await phone.getByRole('button', { name: 'Akhiri ronde' }).click();
    await phone.getByRole('button', { name: 'Ya, akhiri' }).click();
    await expect(phone.getByText('Ronde selesai')).toBeVisible();
  });
  await context.close();
  expect(said.filter((text) => /Content Security Policy|page error/i.test(text))).toEqual([]);
});
