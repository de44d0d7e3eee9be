import AxeBuilder from '@axe-core/playwright';
import { openEventLog, topicOf } from '@siaga/bus';
import { cloudEventHeaders, createClient, FixRecorded, RegisterTruck } from '@siaga/contracts';
import { signal, type TestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';

/** What no handler can take: a report cut off in the middle. */
async function recordPoison(city: TestCity): Promise<void> {
  const log = await openEventLog({ SIAGA_ENGINE: await city.logSocket() });
  const headers = {
    [cloudEventHeaders.type]: FixRecorded.name,
    [cloudEventHeaders.id]: 'poison',
    [cloudEventHeaders.city]: '3574',
  };
  await log.append(topicOf('3574', FixRecorded.stream), [{ key: 'T-1', value: Buffer.from('{"lat":'), headers }]);
  await log.close();
}

/** Freezes the waste service, and whatever the supervisor starts in its place, until it is let go. */
class FrozenWaste {
  readonly #city: TestCity;
  readonly #frozen = new Set<number>();

  constructor(city: TestCity) {
    this.#city = city;
  }

  async freeze(): Promise<void> {
    const { waste } = await this.#city.pids();
    if (waste === undefined || this.#frozen.has(waste)) return;
    if (signal(waste, 'SIGSTOP')) this.#frozen.add(waste);
  }

  letGo(): void {
    for (const pid of this.#frozen) signal(pid, 'SIGCONT');
  }
}

test('a service that dies is seen, and seen to be back', async ({ city, wall }) => {
  const light = wall.getByRole('banner').getByRole('button', { name: /^Sistem|tanpa kabar/ });
  const panel = wall.getByRole('complementary');
  const waste = panel.getByRole('list', { name: 'Layanan' }).getByRole('article').filter({ hasText: 'waste' });

  await expect(light).toHaveText('Sistem baik');
  await wall.keyboard.press('s');
  await expect(panel.getByText('Semua berjalan baik')).toBeVisible();
  await expect(waste).toContainText('berjalan');
  await expect(waste).toContainText('antre 0 kejadian');

  const frozen = new FrozenWaste(city);
  const words = async () => {
    await frozen.freeze();
    return light.textContent();
  };
  await expect.poll(words, { timeout: 30_000 }).toMatch(/waste tanpa kabar \d+ dtk/);
  await expect(waste).toContainText('tanpa kabar sejak');
  await expect(waste).not.toContainText('berjalan');
  await expect(panel.getByText('Ada gangguan')).toBeVisible();

  frozen.letGo();
  await expect(light).toHaveText('Sistem baik', { timeout: 30_000 });
  await expect(waste).toContainText('berjalan');
});

test('what could not be processed is replayed with one click, and a replay that fails says so', async ({
  city,
  wall,
}) => {
  const panel = wall.getByRole('complementary');
  const letters = panel.getByRole('list', { name: 'Kejadian yang gagal diolah' }).getByRole('article');
  await recordPoison(city);
  await wall.getByRole('button', { name: '2 kejadian gagal diolah' }).click();
  await expect(letters).toHaveCount(2);
  await expect(letters.first()).toContainText('waste tidak bisa mengolah waste.fixes: isinya tidak sah');
  const { violations } = await new AxeBuilder({ page: wall }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  await letters
    .first()
    .getByRole('button', { name: /^Ulangi/ })
    .click();
  await expect(panel.getByText('1 kejadian diberikan lagi.')).toBeVisible();
  await expect(letters.filter({ hasText: 'gagal lagi' })).toHaveCount(1);
  await expect(letters).toHaveCount(2);
  await panel.getByRole('button', { name: 'Ulangi semua (2)' }).click();
  await expect(panel.getByText('2 kejadian diberikan lagi.')).toBeVisible();
  await expect(letters.filter({ hasText: 'gagal lagi' })).toHaveCount(2);

  await letters
    .first()
    .getByRole('button', { name: /^Singkirkan/ })
    .click();
  await letters.first().getByRole('button', { name: 'Ya, singkirkan' }).click();
  await expect(panel.getByText('1 kejadian disingkirkan.')).toBeVisible();
  await expect(letters).toHaveCount(1);
});

/** DLH-07, carrying the phone hp-07. */
async function registerTruck({ url }: TestCity): Promise<void> {
  const devices = [{ protocol: 'osmand' as const, deviceId: 'hp-07' }];
  const truck = { truckId: 'DLH-07', plate: 'N 8142 RP', hullNumber: '07', kind: 'dump' as const, capacityKg: 4000 };
  await createClient({ baseUrl: url })(RegisterTruck, { body: { ...truck, devices } });
}

test('a wall that nobody touches says by itself that an event did not reach it', async ({
  city,
  way,
  page,
  tracker,
}) => {
  test.setTimeout(300_000);
  await page.routeWebSocket(/\/socket\.io\//, (near) => {
    near.connectToServer().onMessage((message) => {
      if (!String(message).includes(FixRecorded.name)) near.send(message);
    });
  });
  await page.goto(way.url);
  await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung');
  await registerTruck(city);
  await expect.poll(() => tracker('hp-07').report({ lat: -7.756, lng: 113.21, speedKph: 22 })).toBe(200);
  const notice = page.getByRole('alert').filter({ hasText: '1 dari 1 kejadian tidak sampai di layar ini.' });
  await expect(notice).toBeVisible({ timeout: 100_000 }); // it asks about every minute
  await expect(notice.getByRole('button', { name: 'Muat ulang layar' })).toBeVisible();
});

test('“was anything missed?” is answered from the log, and a laptop that slept catches up', async ({
  city,
  wall,
  tracker,
}) => {
  await registerTruck(city);
  const phone = tracker('hp-07');
  await expect.poll(() => phone.report({ lat: -7.756, lng: 113.21, speedKph: 22 })).toBe(200);
  const row = wall.getByRole('button', { name: 'DLH-07' });
  await expect(row).toContainText('22 km/j');

  await wall.keyboard.press('s');
  const account = wall.getByRole('region', { name: 'Adakah yang terlewat?' });
  await account.getByRole('button', { name: 'Periksa sekarang' }).click();
  await expect(account).toContainText('Tidak ada. 1 kejadian di catatan, semuanya sampai di layar ini.');
  await expect(account).toContainText(/diperiksa pukul \d\d\.\d\d\.\d\d/);

  await wall.evaluate(() => {
    const wallClock = Date.now;
    Date.now = () => wallClock() + 90_000;
  });
  await expect(wall.getByText('Tersambung lagi setelah')).toBeVisible();
  expect(await phone.report({ lat: -7.756, lng: 113.211, speedKph: 31 })).toBe(200);
  await expect(row).toContainText('31 km/j');
  await account.getByRole('button', { name: 'Periksa sekarang' }).click();
  await expect(account).toContainText('Tidak ada. 2 kejadian di catatan');
});
