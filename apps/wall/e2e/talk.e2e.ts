import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { expect, test } from './journey.ts';
import { spokenClip, wavOf } from './voice/clip.ts';
import { compare } from './voice/heard-whole.ts';
import { tapped, tapSound, type TappedSound } from './voice/speaker-tap.ts';

const clip = path.join(mkdtempSync(path.join(tmpdir(), 'siaga-clip-')), 'clip.wav');
writeFileSync(clip, wavOf(spokenClip()));
test.use({
  launchOptions: {
    executablePath: await chromiumPath(),
    args: [
      ...chromiumArguments,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${clip}`,
    ],
  },
});

async function radio(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 412, height: 900 }, permissions: ['microphone'] });
  const page = await context.newPage();
  await tapSound(page);
  await page.goto(`${url}/ht`);
  await page.getByRole('button', { name: 'Buka HT' }).click();
  await expect(page.getByText('Mikrofon siap')).toBeVisible();
  return page;
}
const button = (page: Page) => page.getByRole('button', { name: /^Tahan untuk bicara: / });
const faceOf = (page: Page) => button(page).getAttribute('data-face');

/** What was heard between two moments. */
function between({ rateHz, sinceMs, samples }: TappedSound, fromMs: number, toMs: number): Float32Array {
  const at = (ms: number) => Math.max(0, Math.round(((ms - sinceMs) * rateHz) / 1000));
  return samples.subarray(at(fromMs), at(toMs));
}

test('two phones talk: what is said from the press on comes out of the other whole, its first syllable too', async ({
  browser,
  city,
}) => {
  const talker = await radio(browser, city.url);
  const listener = await radio(browser, city.url);
  await expect.poll(() => faceOf(talker)).toBe('ready');
  await expect.poll(() => faceOf(listener)).toBe('ready');
  const { violations } = await new AxeBuilder({ page: listener }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  await button(talker).hover();
  const pressedMs = Date.now();
  await talker.mouse.down();
  await expect.poll(() => faceOf(talker)).toBe('on-air');
  await expect.poll(() => faceOf(listener)).toBe('busy');
  await expect.poll(() => Date.now() - pressedMs).toBeGreaterThan(4000);
  const letGoMs = Date.now();
  await talker.mouse.up();
  await expect(talker.getByText(/^Terkirim dan tersimpan/)).toBeVisible();
  await expect.poll(() => faceOf(listener)).toBe('ready');

  const [said, heard] = [await tapped(talker, 'microphone'), await tapped(listener, 'speaker')];
  const found = compare(between(said, pressedMs, letGoMs), heard.samples, heard.rateHz);
  const mouthToEarMs = heard.sinceMs + found.atMs - pressedMs;
  test.info().annotations.push({ type: 'mouth to ear', description: `${String(Math.round(mouthToEarMs))} ms` });
  expect(found.syllables.map((part) => Math.round(part * 100))).toEqual(found.syllables.map(() => expect.any(Number)));
  expect(found.isWhole, JSON.stringify(found)).toBe(true);
  expect(mouthToEarMs).toBeLessThan(400);
});
