import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { takeAuditPicture } from './audit-pictures.ts';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { cuttable } from './cuttable-way.ts';
import { takeStartPictures } from './start-pictures.ts';
import { takeStreetPictures } from './street-pictures.ts';

/**
 * `node apps/wall/e2e/pictures.ts` after a build: takes the pictures of `docs/pictures` anew from a city with its
 * simulator. They show a few minutes of a working day; start it while the simulated trucks are out. With `start`, `audit`,
 * `dishub` or `wall`: those of the first hour, of the audit trail, of the street, of the wall only.
 */
const folder = path.resolve(import.meta.dirname, '../../../docs/pictures');
const outFor = 12;
await mkdir(folder, { recursive: true });
const only = process.argv[2];
if (only === undefined || only === 'start') await takeStartPictures(folder);
if (only === undefined || only === 'audit') await takeAuditPicture(folder);
if (only === undefined || only === 'dishub') await takeStreetPictures(folder);
if (only !== undefined && only !== 'wall') process.exit();

const city = await startTestCity({ args: [] });
const way = await cuttable(city.url);
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
try {
  const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await wall.goto(way.url);
  await expect(wall.getByRole('list', { name: 'Truk sampah' }).getByRole('button')).toHaveCount(15, {
    timeout: 60_000,
  });
  // The tile of reports needs a minute and its line a few more samples.
  const line = wall.getByRole('region', { name: 'Laporan posisi' }).locator('polyline');
  await expect
    .poll(
      async () => ((await line.getAttribute('points', { timeout: 1000 }).catch(() => '')) ?? '').split(' ').length,
      {
        timeout: 300_000,
      },
    )
    .toBeGreaterThan(outFor);
  await take(wall, 'wall');

  await wall.locator('.truck-row[data-state="moving"]').first().click();
  await expect(wall.getByRole('slider')).toBeVisible();
  await take(wall, 'wall-truck');

  await wall.keyboard.press('a');
  await take(wall, 'wall-connect');
  await wall.getByRole('button', { name: 'Impor truk' }).click();
  await take(wall, 'wall-import');
  await wall.keyboard.press('Escape');

  way.cut();
  await expect(wall.getByRole('alert')).toContainText(/terputus 1\d dtk/, { timeout: 30_000 });
  await take(wall, 'wall-lost');
  way.restore();

  await wall.goto(`${way.url}/?distance=5`);
  await expect(wall.locator('.truck-row').first()).toBeVisible();
  await take(wall, 'wall-far');
} finally {
  await browser.close();
  await way.close();
  await city.stop();
  await city.remove();
}

/** A picture once the map has nothing left to draw. */
async function take(wall: Page, name: string): Promise<void> {
  await expect(wall.locator('.city-map')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await wall.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await wall.screenshot({ path: path.join(folder, `${name}.png`) });
}
