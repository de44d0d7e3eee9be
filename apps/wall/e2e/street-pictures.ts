import path from 'node:path';
import { chromium, expect } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { chromiumArguments, chromiumPath } from './chromium.ts';

/** Takes `dishub-control`: lamps of a simulated dusk that somebody switches by hand, with a result for each. */
export async function takeStreetPictures(folder: string): Promise<void> {
  const city = await startTestCity({ args: ['--scene', 'dusk'] });
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  try {
    const wall = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await wall.goto(`${city.url}/?focus=control:new`);
    const panel = wall.getByRole('complementary');
    const lamps = wall.getByRole('region', { name: 'Lampu jalan' });
    // the scene has lit some of them
    await expect(lamps).toContainText(/\d+\s*\/ 360 menyala/, { timeout: 120_000 });
    await panel.getByLabel('ID lampu').fill('SIM-0701, SIM-0702, SIM-0101');
    await panel.getByLabel('Alasan').fill('Galian di depan tiang');
    await panel.getByRole('button', { name: 'Periksa dahulu' }).click();
    await panel.getByRole('button', { name: /^Suruh/ }).click();
    await expect(panel.getByText(/^Perintah: /).first()).toBeVisible({ timeout: 60_000 });
    await expect(wall.locator('.city-map')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
    await wall.screenshot({ path: path.join(folder, 'dishub-control.png') });
  } finally {
    await browser.close();
    await city.stop();
    await city.remove();
  }
}
