import { defineConfig } from '@playwright/test';
import { chromiumArguments, chromiumPath } from './apps/wall/e2e/chromium.ts';

/** Journeys of people through the wall, each against a whole city of its own. `npm run e2e -- scene-5` runs one. */
export default defineConfig({
  testDir: 'apps/wall/e2e',
  testMatch: '*.e2e.ts',
  workers: 1,
  timeout: 240_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'line',
  expect: { timeout: 60_000 },
  use: {
    viewport: { width: 1920, height: 1080 },
    launchOptions: { executablePath: await chromiumPath(), args: chromiumArguments },
    trace: 'retain-on-failure',
  },
});
