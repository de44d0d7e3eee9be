import { expect, type Browser, type Page } from '@playwright/test';
import {
  AcceptInvitation,
  cameraRoutes,
  createClient,
  InvitePerson,
  PutUnit,
  ReportBeds,
  type Agency,
  type PersonRole,
  type Unit,
} from '@siaga/contracts';
import type { TestCity } from '@siaga/testing';

const password = 'kapal berlabuh di mayangan';

interface Somebody {
  name: string;
  userName: string;
  agencies: Agency[];
  role: PersonRole;
}

const people: readonly Somebody[] = [
  { name: 'Dewi Lestari', userName: 'dewi', agencies: ['satpolpp', 'command'], role: 'dispatcher' },
  { name: 'Rani Wulandari', userName: 'rani', agencies: ['satpolpp'], role: 'call-taker' },
  { name: 'Andi Saputra', userName: 'andi', agencies: ['dinkes'], role: 'responder' },
  { name: 'Eko Prasetyo', userName: 'eko', agencies: ['satpolpp'], role: 'responder' },
  { name: 'Sari Utami', userName: 'sari', agencies: ['dishub'], role: 'viewer' },
  // last: once somebody administers the city, nobody is the local operator
  { name: 'Budi Santoso', userName: 'budi', agencies: ['diskominfo'], role: 'city-admin' },
];

/** Simpang Flora: four streets, many callers. */
export const flora = { lat: -7.7536, lng: 113.2159 };

const ambulance = (name: string, lat: number): Omit<Unit, 'unitId'> => ({
  ...{ name, unitClass: 'ambulance', capabilities: ['transport'], agency: 'dinkes', answers: 'on-call' },
  post: { lat, lng: flora.lng, words: 'kantor kelurahan' },
});

/** Two ambulances, the nearer of them without a driver, a camera that sees the crossing, a full hospital and one with beds, and the people of the scene. */
export async function furnish({ url }: TestCity, snapshotUrl: string): Promise<void> {
  const call = createClient({ baseUrl: url });
  await call(PutUnit, { params: { unitId: 'AMB-1' }, body: ambulance('Ambulans Satu', flora.lat + 0.002) });
  await call(PutUnit, { params: { unitId: 'AMB-2' }, body: ambulance('Ambulans Dua', flora.lat + 0.012) });
  await call(cameraRoutes.register, {
    body: {
      ...{ cameraId: 'CCTV-FLORA', name: 'Simpang Flora', owner: 'dishub', purpose: 'traffic', snapshotUrl },
      ...{ place: { lat: flora.lat + 0.0003, lng: flora.lng }, directionDeg: 180, fieldOfViewDeg: 90, rangeM: 100 },
    },
  });
  const counted = async (hospitalId: string, occupiedCount: number) =>
    call(ReportBeds, { params: { hospitalId }, body: { beds: [{ bedClass: 'igd', totalCount: 12, occupiedCount }] } });
  await counted('rsud-mohamad-saleh', 12);
  await counted('rsud-ar-rozy', 8);
  const links = [];
  for (const { name, agencies, role } of people)
    links.push(await call(InvitePerson, { body: { displayName: name, agencies, roles: [role] } }));
  for (const [at, { path }] of links.entries()) {
    const token = path.replace(/^.*#undangan=/, '');
    await call(AcceptInvitation, { body: { token, userName: people[at]?.userName ?? '', password } });
  }
}

interface Comer {
  url: string;
  userName: string;
  /** Where he opens it. */
  path?: string;
  width?: number;
  /** Where he stands, and lets the page know: before it is opened, or it has asked in vain. */
  geolocation?: { latitude: number; longitude: number; accuracy: number };
}

/** Somebody at a browser of his own. */
export async function comeIn(
  browser: Browser,
  { url, userName, path = '/', width = 1440, geolocation }: Comer,
): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, reducedMotion: 'reduce' },
    ...(geolocation && { geolocation, permissions: ['geolocation'] }),
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await page.getByLabel('Nama pengguna').fill(userName);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung', { timeout: 60_000 });
  return page;
}

/** A call is taken and written down by keys alone: where, what and what was said; what becomes of it is still open. */
export async function takeCall(page: Page, { place, said }: { place: string; said: string }): Promise<void> {
  const panel = page.getByRole('complementary');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await panel.getByRole('button', { name: 'Buka panggilan Enter' }).press('Enter');
  const where = panel.getByLabel('Di mana', { exact: true }).and(panel.getByRole('searchbox'));
  await where.fill(place);
  await where.press('Enter');
  await expect(panel.getByText(/-7\.75\d+, 113\.21\d+ · ±/)).toBeVisible();
  await panel.getByRole('button', { name: 'Kecelakaan', exact: true }).press('Enter');
  await panel.getByLabel('Kata pelapor').fill(said);
  await expect(panel.getByText(/^tersimpan /)).toBeVisible();
}
