import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { signal, type TestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';

/** A source is called silent after 30 s, and an alarm settles before it is raised: on a busy machine it takes longer. */
const RAISED_WITHIN_MS = 150_000;

/** Stops processes of a city, and whatever the supervisor starts in their place, until they are let go. */
class Frozen {
  readonly #city: TestCity;
  readonly #apps: readonly string[];
  readonly #stopped = new Set<number>();
  #again: ReturnType<typeof setInterval> | undefined;

  constructor(city: TestCity, apps: readonly string[]) {
    this.#city = city;
    this.#apps = apps;
  }

  async freeze(): Promise<void> {
    await this.#freezeOnce();
    this.#again = setInterval(() => void this.#freezeOnce(), 1000);
  }

  letGo(): void {
    clearInterval(this.#again);
    for (const pid of this.#stopped) signal(pid, 'SIGCONT');
  }

  async #freezeOnce(): Promise<void> {
    const pids = await this.#city.pids();
    for (const app of this.#apps) {
      const pid = pids[app];
      if (pid !== undefined && !this.#stopped.has(pid) && signal(pid, 'SIGSTOP')) this.#stopped.add(pid);
    }
  }
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('two sources fall silent: an operator answers, remarks, puts aside and hands over without a mouse', async ({
  city,
  wall,
}) => {
  test.setTimeout(480_000);
  const column = wall.getByRole('region', { name: /^Alarm \d+$/ });
  const queue = wall.getByRole('list', { name: 'Alarm', exact: true });
  const row = (name: string) => queue.getByRole('button', { name });
  const panel = wall.getByRole('complementary');
  const reason = panel.getByRole('textbox');
  const frozen = new Frozen(city, ['waste', 'street']);

  await expect(column.getByText('Tidak ada alarm.')).toBeVisible();
  try {
    await test.step('each has an alarm: how grave, what, and that nobody looks after it', async () => {
      await frozen.freeze();
      await expect(row('layanan waste')).toBeVisible({ timeout: RAISED_WITHIN_MS });
      await expect(row('layanan street')).toBeVisible({ timeout: RAISED_WITHIN_MS });
      await expect(row('layanan waste')).toContainText(/tanpa kabar.*Tinggi.*belum ditangani/);
      await expect(column.getByText('2 belum ditangani')).toBeVisible();
      expect(await violations(wall), 'queue').toEqual([]);
    });

    await test.step('the list is walked and opened by keys', async () => {
      await wall.keyboard.press('j');
      await expect(queue.getByRole('button').first()).toBeFocused();
      await wall.keyboard.press('j');
      await expect(queue.getByRole('button').nth(1)).toBeFocused();
      await row('layanan waste').focus();
      await wall.keyboard.press('Enter');
      await expect(panel.getByRole('heading', { name: 'layanan waste' })).toBeVisible();
      await expect(panel).toContainText(/Dasar\s*diukur/);
      await expect(panel.getByText('Alarm berbunyi')).toBeVisible();
    });

    await test.step('a letter in a field is a letter; Ctrl+Enter answers, and it is shown as sent', async () => {
      await wall.keyboard.press('a');
      await expect(reason).toBeFocused();
      await wall.keyboard.type('sagas naik ke pos, x');
      await wall.keyboard.press('Enter');
      await expect(reason).toHaveValue('sagas naik ke pos, x\n');
      await expect(row('layanan waste')).toContainText('belum ditangani');
      expect(await violations(wall), 'form').toEqual([]);
      await wall.keyboard.press('Control+Enter');
      await expect(panel.getByRole('status')).toContainText(/Ditangani · tercatat \d\d\.\d\d\.\d\d/);
      await expect(row('layanan waste')).toContainText('Anda');
      await expect(panel.getByText('sagas naik ke pos, x')).toBeVisible();
      await expect(row('layanan waste')).toBeFocused();
      await expect(column.getByText('1 belum ditangani')).toBeVisible();
    });

    await test.step('several at once need a reason', async () => {
      await row('layanan street').focus();
      await wall.keyboard.press('x');
      await expect(queue.getByRole('checkbox', { name: 'Pilih layanan street' })).toBeChecked();
      await wall.keyboard.press('a');
      await expect(panel.getByRole('heading', { name: '1 alarm dipilih' })).toBeVisible();
      await expect(panel.getByRole('button', { name: 'Tangani 1 alarm' })).toBeDisabled();
      await reason.fill('satu sebab untuk semuanya');
      expect(await violations(wall), 'several').toEqual([]);
      await wall.keyboard.press('Control+Enter');
      await expect(panel.getByRole('status')).toHaveText('1 alarm ditangani');
      await expect(column.getByText('belum ditangani')).toHaveCount(0);
    });

    await test.step('it is put aside for a while, stands in one list only, and is brought back', async () => {
      await row('layanan street').focus();
      await wall.keyboard.press('s');
      await reason.fill('menunggu teknisi');
      await wall.keyboard.press('Control+Enter');
      await expect(row('layanan street')).toHaveCount(0);
      await column.getByText('Ditunda (1)').click();
      const shelved = column.getByRole('list', { name: 'Ditunda (1)' }).getByRole('button');
      await expect(shelved).toContainText(/layanan street.*sampai \d\d\.\d\d/);
      await shelved.focus();
      await wall.keyboard.press('s');
      await expect(row('layanan street')).toBeVisible();
      await expect(column.getByText(/^Ditunda \(/)).toHaveCount(0);
    });

    await test.step('a remark stands in the timeline, for whoever opens the wall after him', async () => {
      await row('layanan waste').focus();
      await wall.keyboard.press('n');
      await reason.fill('teknisi datang 20 menit lagi');
      await wall.keyboard.press('Control+Enter');
      await expect(panel.getByText('teknisi datang 20 menit lagi')).toBeVisible();
      await wall.reload();
      await row('layanan waste').click();
      await expect(panel.getByText('teknisi datang 20 menit lagi')).toBeVisible();
      expect(await violations(wall), 'alarm').toEqual([]);
    });

    await test.step('they are heard again: the alarm says that it is over, the queue is empty', async () => {
      frozen.letGo();
      await expect(column.getByText('Tidak ada alarm.')).toBeVisible({ timeout: RAISED_WITHIN_MS });
      await expect(panel.getByRole('listitem').filter({ hasText: 'Selesai' })).toBeVisible();
    });

    await test.step('what the next shift needs to know is kept, and a closed panel loses nothing', async () => {
      await wall.keyboard.press('o');
      const note = panel.getByRole('textbox', { name: 'Yang perlu diketahui regu berikutnya' });
      await note.fill('Dua layanan sempat diam.\nTeknisi sudah tahu.');
      await wall.keyboard.press('Escape');
      await expect(panel).toBeHidden();
      await wall.keyboard.press('o');
      await expect(note).toHaveValue('Dua layanan sempat diam.\nTeknisi sudah tahu.');
      await note.press('Control+Enter');
      await expect(panel.getByText(/^Tersimpan \d\d\.\d\d\.\d\d/)).toBeVisible();
      expect(await violations(wall), 'hand-over').toEqual([]);
      await wall.reload();
      await expect(column.getByText('Tidak ada alarm.')).toBeVisible();
      await wall.keyboard.press('o');
      await expect(note).toHaveValue('Dua layanan sempat diam.\nTeknisi sudah tahu.');
    });
  } finally {
    frozen.letGo();
  }
});
