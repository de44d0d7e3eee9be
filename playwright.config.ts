import { defineConfig } from '@playwright/test';
import { chromiumPath, withoutGraphics } from './apps/wall/e2e/chromium.ts';

/** Journeys of people through the wall, each against a whole city of its own. `npm run e2e -- scene-5` runs one. */
export default defineConfig({
  testDir: 'apps/wall/e2e',
  testMatch: '*.e2e.ts',
  // each of the two waits most of the time: for its city to start, for a minute to pass
  workers: 2,
  // twice what the longest takes beside another on two cores
  timeout: 420_000,
  // as with the specs (`checks/test.ts`): what passes only the second time is named at the end
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'line',
  expect: { timeout: 60_000 },
  use: {
    // in software a map takes most of two cores: journeys that are about what is on it say so (`mapDrawn`)
    viewport: { width: 1280, height: 720 },
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: await chromiumPath(), args: withoutGraphics },
    trace: 'retain-on-failure',
  },
});
