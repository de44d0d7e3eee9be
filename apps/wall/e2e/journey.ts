import { test as base, expect, type Page } from '@playwright/test';
import { startTestCity, type TestCity } from '@siaga/testing';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { cuttable, type CuttableWay } from './cuttable-way.ts';
import { Tracker } from './tracker.ts';

interface Journey {
  /** What its city's environment has besides. */
  cityEnv: Readonly<Record<string, string>>;
  /** A whole city of its own, without simulated trucks. */
  city: TestCity;
  /** The way between the wall and its city, which can be cut. */
  way: CuttableWay;
  /** The wall, opened and linked. */
  wall: Page;
  /** A phone or tracker that reports to the city. */
  tracker: (deviceId: string) => Tracker;
}

/** A test with a city, a wall and trackers. Whatever it does, the page's policy must never have been broken. */
export const test = base.extend<Journey>({
  cityEnv: [{}, { option: true }],
  city: async ({ cityEnv }, give) => {
    const city = await startTestCity({ env: cityEnv });
    await give(city);
    await city.stop();
    await city.remove();
  },
  way: async ({ city }, give) => {
    const way = await cuttable(city.url);
    await give(way);
    await way.close();
  },
  wall: async ({ page, way }, give) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(`page error: ${error.message}`));
    await page.goto(way.url);
    await expect(page.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung');
    await give(page);
    expect(said.filter((text) => /Content Security Policy|page error/i.test(text))).toEqual([]);
  },
  tracker: async ({ city }, give) => {
    await give((deviceId) => new Tracker(city.url, deviceId));
  },
});

/** For what is seen on the map, or by its going dark. */
export const mapDrawn = { launchOptions: { executablePath: await chromiumPath(), args: chromiumArguments } };

/** The wall as it hangs: large, and its trucks glide. */
export const asItHangs = {
  viewport: { width: 1920, height: 1080 },
  contextOptions: { reducedMotion: 'no-preference' },
} as const;

export { expect };
