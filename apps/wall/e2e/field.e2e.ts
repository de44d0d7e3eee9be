import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { CancelUnit, createClient, DeclareDuty, DispatchUnit, OpenIncident, PutUnit } from '@siaga/contracts';
import { expect, test } from './journey.ts';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

// this Chromium refuses notices whatever it is granted: what a push shows is `push-notice.spec.ts`
test('the phone of a crew: where it parks, whether it rings in a pocket, and its job where nothing answers', async ({
  browser,
  city,
  way,
}) => {
  const call = createClient({ baseUrl: city.url });
  const post = { lat: -7.7516, lng: 113.2159, words: 'kantor kelurahan' };
  await call(PutUnit, {
    params: { unitId: 'AMB-1' },
    body: { name: 'Ambulans Satu', unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes', answers: 'on-call', post }, // prettier-ignore
  });
  const crew = [{ principalId: 'local', name: 'Operator setempat', task: 'driver' as const }];
  const untilMs = Date.now() + 3_600_000;
  await call(DeclareDuty, { params: { unitId: 'AMB-1' }, body: { duty: 'on', untilMs, crew } });
  const context = await browser.newContext({
    viewport: { width: 412, height: 900 },
    reducedMotion: 'reduce',
    geolocation: { latitude: -7.7601, longitude: 113.2101, accuracy: 8 },
    permissions: ['geolocation'],
  });
  const phone = await context.newPage();
  await phone.goto(`${way.url}/field`);
  await expect(phone.getByText(/^Siaga sampai/)).toBeVisible();

  await test.step('it is parked where it stands, and back at its post', async () => {
    await phone.getByRole('button', { name: 'Parkir di sini' }).click();
    await expect(phone.getByText(/^Parkir: titik dari ponsel, ± 8 m, sejak/)).toBeVisible();
    await phone.getByRole('button', { name: 'Kembali ke pos' }).click();
    await expect(phone.getByText(/^Parkir: titik/)).toBeHidden();
  });

  await test.step('where somebody refused notices, it says what that means and how to undo it', async () => {
    await expect(phone.getByText(/^Pemberitahuan ditolak: .*pengaturan peramban/)).toBeVisible();
    expect(await violations(phone), 'phone').toEqual([]);
  });

  await test.step('reloaded without a city it shows its own job, how old that is, and takes presses', async () => {
    const kind = 'medical' as const;
    const place = { ...post, words: 'Simpang Flora', source: 'map' as const, uncertaintyM: 30 };
    const { incidentId } = await call(OpenIncident, { body: { kind, place, words: 'pingsan, tidak bangun' } });
    await call(DispatchUnit, { params: { incidentId }, body: { unitId: 'AMB-1' } });
    await phone.getByRole('button', { name: 'TERIMA' }).click();
    const next = phone.getByRole('button', { name: 'menuju lokasi' });
    await expect(next).toBeVisible();
    await expect(phone.getByText('1 langkah menunggu sinyal')).toBeHidden();
    const kept = () => phone.evaluate(async () => (await (await caches.open('siaga-field')).keys()).length);
    await expect.poll(kept).toBeGreaterThan(3);
    // a network that answers nothing, and no error either
    await phone.route('**/api/**', () => undefined);
    await phone.reload();
    await expect(phone.getByText(/^Belum tersambung/)).toBeVisible();
    await phone.unrouteAll();
    way.cut();
    await phone.reload();
    await expect(phone.getByRole('heading', { name: 'Ambulans Satu' })).toBeVisible();
    await expect(phone.getByText(/^Belum tersambung\. Ini keadaan pukul \d\d\.\d\d, .* lalu\./)).toBeVisible();
    await expect(phone.getByText(/^Simpang Flora/)).toBeVisible();
    await expect(phone.getByText(/^diterima · /)).toBeVisible();
    await next.click();
    await expect(phone.getByText(/^menuju lokasi · /)).toBeVisible();
    await expect(phone.getByText('1 langkah menunggu sinyal')).toBeVisible();
    expect(await violations(phone), 'phone without a city').toEqual([]);
    await phone.screenshot({ path: test.info().outputPath('without-city.png'), fullPage: true });
  });

  await test.step('what it keeps is its own job, and no word of a caller', async () => {
    const stored = () => phone.evaluate(() => JSON.stringify(localStorage));
    expect(await stored()).not.toContain('pingsan');
    const inCache = await phone.evaluate(async () => (await (await caches.open('siaga-field')).keys()).map(({ url }) => new URL(url).pathname)); // prettier-ignore
    expect(inCache.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  await test.step('with the city again what was pressed is sent, and with its job it is off the phone', async () => {
    way.restore();
    await expect(phone.getByText('1 langkah menunggu sinyal')).toBeHidden();
    await phone.getByRole('button', { name: 'di lokasi' }).click();
    await phone.getByText('Langkah lain').click();
    await phone.getByRole('button', { name: 'selesai · siaga lagi' }).click();
    await expect(phone.getByText(/^Siaga sampai/)).toBeVisible();
    const seen = () => phone.evaluate(() => localStorage.getItem('siaga.seen.crew'));
    await expect.poll(seen).not.toContain('TGS-');
  });

  await test.step('what was refused is named and stays until it is read, over a reload', async () => {
    const place = { ...post, source: 'map' as const, uncertaintyM: 30 };
    const { incidentId } = await call(OpenIncident, { body: { kind: 'medical', place } });
    const { assignment } = await call(DispatchUnit, { params: { incidentId }, body: { unitId: 'AMB-1' } });
    await expect(phone.getByText('TUGAS BARU')).toBeVisible();
    way.cut();
    await phone.getByRole('button', { name: 'TERIMA' }).click();
    await phone.getByRole('button', { name: 'menuju lokasi' }).click();
    const assignmentId = assignment?.assignmentId ?? '';
    await call(CancelUnit, { params: { unitId: 'AMB-1' }, body: { assignmentId, reason: 'sudah ditangani' } });
    way.restore();
    const refusals = phone.getByRole('alert').filter({ hasText: 'Tidak diterima' });
    await expect(refusals).toHaveText([
      /^Tidak diterima · diterima \d\d\.\d\d: .+Mengerti$/,
      /^Tidak diterima · menuju lokasi \d\d\.\d\d: .+Mengerti$/,
    ]);
    await phone.reload();
    await expect(refusals).toHaveCount(2);
    await phone.screenshot({ path: test.info().outputPath('refused.png'), fullPage: true });
    await refusals.first().getByRole('button', { name: 'Mengerti' }).click();
    await expect(refusals).toHaveText([/menuju lokasi/]);
    await refusals.getByRole('button', { name: 'Mengerti' }).click();
    await expect(refusals).toHaveCount(0);
  });
  await context.close();
});
