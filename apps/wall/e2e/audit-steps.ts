import { expect, type Browser, type Page } from '@playwright/test';
import { AcceptInvitation, createClient, InvitePerson, RegisterTruck, type PersonRole } from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';

const password = 'kapal berlabuh di mayangan';

/** What Rani states. */
export const reason = 'Laporan orang hilang nomor 17';

const people: readonly { name: string; userName: string; role: PersonRole }[] = [
  { name: 'Dewi Lestari', userName: 'dewi', role: 'city-admin' },
  { name: 'Rani Wulandari', userName: 'rani', role: 'agency-admin' },
  { name: 'Budi Santoso', userName: 'budi', role: 'viewer' },
];

/** So many trucks, `DLH-01` and on, and three people of DLH who have come in once: Dewi, Rani and Budi. */
export async function furnish({ url }: TestCity, trucks: number): Promise<void> {
  const call = createClient({ baseUrl: url });
  for (let hull = 1; hull <= trucks; hull += 1) {
    const hullNumber = String(hull).padStart(2, '0');
    const its = { truckId: `DLH-${hullNumber}`, plate: `N ${String(8000 + hull)} RP`, hullNumber };
    await call(RegisterTruck, { body: { ...its, kind: 'dump', capacityKg: 4000, devices: [] } });
  }
  // all links first: once somebody administers the city, nobody is the local operator
  const links = [];
  for (const { name, role } of people)
    links.push(await call(InvitePerson, { body: { displayName: name, agencies: ['dlh'], roles: [role] } }));
  for (const [at, { path }] of links.entries()) {
    const token = path.replace(/^.*#undangan=/, '');
    await call(AcceptInvitation, { body: { token, userName: people[at]?.userName ?? '', password } });
  }
}

/** Somebody at a browser of his own. */
export async function comeIn(browser: Browser, url: string, userName: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Nama pengguna').fill(userName);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung', { timeout: 60_000 });
  return page;
}

/** Uncovers personal data for the stated reason, then looks at where Budi is signed in. */
export async function lookAtBudi(rani: Page): Promise<void> {
  const panel = rani.getByRole('complementary');
  await rani.keyboard.press('m');
  await panel.getByText('Buka data yang disamarkan').click();
  await panel.getByLabel('Alasan').fill(reason);
  await panel.getByRole('button', { name: 'Buka 5 menit' }).click();
  await expect(rani.getByText(/^Data pribadi terbuka/)).toBeVisible({ timeout: 60_000 });
  await rani.keyboard.press('k');
  await panel.getByRole('button', { name: /^Budi Santoso/ }).click({ timeout: 60_000 });
  await expect(panel.getByText(/^127\.0\.0\.1 · terakhir/)).toBeVisible({ timeout: 60_000 });
}

/** From Budi's page, until it is told that Rani saw him: what was done last is sealed a moment later. */
export async function whoSawBudi(dewi: Page): Promise<void> {
  const panel = dewi.getByRole('complementary');
  await dewi.keyboard.press('k');
  await panel.getByRole('button', { name: /^Budi Santoso/ }).click({ timeout: 60_000 });
  await panel.getByRole('button', { name: 'Siapa melihat atau mengubah ini' }).click();
  await expect(panel.getByText('Siapa melihat atau mengubah: Orang Budi Santoso')).toBeVisible({ timeout: 60_000 });
  await expect(async () => {
    await panel.getByRole('button', { name: 'Muat lagi' }).click();
    const seen = panel.getByRole('article').filter({ hasText: 'Melihat data yang dibuka' });
    await expect(seen).toHaveCount(1, { timeout: 2000 });
  }).toPass({ timeout: 60_000 });
}
