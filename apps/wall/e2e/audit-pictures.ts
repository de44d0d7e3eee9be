import path from 'node:path';
import { chromium } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { comeIn, furnish, lookAtBudi, whoSawBudi } from './audit-steps.ts';
import { chromiumArguments, chromiumPath } from './chromium.ts';

/** Takes the picture of the audit trail into a folder: `audit.png`. */
export async function takeAuditPicture(folder: string): Promise<void> {
  const city = await startTestCity();
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  try {
    await furnish(city, 15);
    const rani = await comeIn(browser, city.url, 'rani');
    await lookAtBudi(rani);
    await rani.context().close();
    const dewi = await comeIn(browser, city.url, 'dewi');
    await dewi.setViewportSize({ width: 1440, height: 900 });
    await whoSawBudi(dewi);
    await dewi.screenshot({ path: path.join(folder, 'audit.png') });
  } finally {
    await browser.close();
    await city.stop();
    await city.remove();
  }
}
