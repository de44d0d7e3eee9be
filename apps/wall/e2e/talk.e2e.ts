import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { cameraRoutes, createClient, dayAt } from '@siaga/contracts';
import { chromiumPath, withoutGraphics } from './chromium.ts';
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
      ...withoutGraphics,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${clip}`,
    ],
  },
});

/** A page with a microphone that says the clip over and over, and whatever goes wrong in it. */
async function pageWithMicrophone(browser: Browser, viewport = { width: 412, height: 900 }) {
  const context = await browser.newContext({ viewport, permissions: ['microphone'] });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  await tapSound(page);
  return { page, wrong };
}
async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Buka HT' }).click();
  await expect(page.getByText('Mikrofon siap')).toBeVisible();
  await expect.poll(() => faceOf(page)).toBe('ready');
}
const here = { lat: -7.7447, lng: 113.216 };
const button = (page: Page) => page.getByRole('button', { name: /^Tahan untuk bicara: / });
const faceOf = (page: Page) => button(page).getAttribute('data-face');

/** What was heard between two moments, epoch ms. */
function between({ rateHz, sinceMs, samples }: TappedSound, fromMs: number, toMs: number): Float32Array {
  const at = (ms: number) => Math.max(0, Math.round(((ms - sinceMs) * rateHz) / 1000));
  return samples.subarray(at(fromMs), at(toMs));
}

/**
 * Of each syllable, and of all of them: a machine with three browsers on two cores leaves out 20 ms here and there, which is
 * concealed; of a syllable that was clipped less than half is there. `utterance.spec` and `ear.spec` hold the parts to the sample.
 */
const ENOUGH = { least: 0.5, mean: 0.9 };
const isWhole = ({ least, mean }: { least: number; mean: number }) => least > ENOUGH.least && mean > ENOUGH.mean;

/** Holds the button for four seconds; how the others heard what was said meanwhile. */
async function saySomething(talker: Page, others: readonly Page[]) {
  await button(talker).hover();
  await talker.mouse.down();
  const beganMs = Date.now();
  await expect.poll(() => faceOf(talker)).toBe('on-air');
  for (const page of others) await expect.poll(() => faceOf(page)).toBe('busy');
  await expect.poll(() => Date.now() - beganMs).toBeGreaterThan(4000);
  await talker.mouse.up();
  await expect(talker.getByText(/^Terkirim dan tersimpan/)).toBeVisible();
  for (const page of others) await expect.poll(() => faceOf(page)).toBe('ready');
  const { downMs, upMs } = await talker.evaluate(() => window.finger);
  const said = between(await tapped(talker, 'microphone'), downMs, upMs);
  const taps = await Promise.all(others.map((page) => tapped(page, 'speaker')));
  return taps.map((tap) => {
    const { atMs: mouthToEarMs, syllables } = compare(said, between(tap, downMs, Infinity), tap.rateHz);
    const mean = syllables.reduce((sum, part) => sum + part, 0) / syllables.length;
    return { mouthToEarMs, syllables, least: Math.min(...syllables), mean };
  });
}

test('two phones and a desk talk: what is said from the press on comes out of the others whole, its first syllable too', async ({
  browser,
  city,
}) => {
  test.setTimeout(300_000);
  const radios = await Promise.all([pageWithMicrophone(browser), pageWithMicrophone(browser), pageWithMicrophone(browser, { width: 1366, height: 768 })]); // prettier-ignore
  const [talker, listener, desk] = radios.map(({ page }) => page) as [Page, Page, Page];
  for (const phone of [talker, listener]) {
    await phone.goto(`${city.url}/ht`);
    await begin(phone);
  }
  await desk.goto(city.url);
  await expect(desk.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung');
  await desk.keyboard.press('t');
  await begin(desk);
  for (const page of [listener, desk]) {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }

  await test.step('a phone says something', async () => {
    // a machine with more to do than it can drops sound by itself: what is said may be said again, as on any radio
    let heard = await saySomething(talker, [listener, desk]);
    for (let again = 0; again < 2 && !heard.every(isWhole); again += 1)
      heard = await saySomething(talker, [listener, desk]);
    expect(heard.every(isWhole), JSON.stringify(heard)).toBe(true);
    const description = heard.map(({ mouthToEarMs }) => `${String(Math.round(mouthToEarMs))} ms`).join(', ');
    test.info().annotations.push({ type: 'mouth to ear', description });
  });

  await test.step('the desk answers with its key, and hears again what was said', async () => {
    const said = desk.getByText(/^Anda · .* dtk$/);
    await expect(said.first()).toBeVisible();
    const before = await said.count();
    await desk.keyboard.down('F8');
    await expect.poll(() => faceOf(desk)).toBe('on-air');
    await expect.poll(() => faceOf(listener)).toBe('busy');
    await desk.keyboard.up('F8');
    await expect(desk.getByText(/^Terkirim dan tersimpan/)).toBeVisible();
    const replay = desk.getByLabel(/^Putar ulang/);
    await expect(replay).toHaveCount(before + 1);
    const lastsS = await replay.last().evaluate(async (audio: HTMLAudioElement) => {
      audio.muted = true;
      await audio.play();
      return audio.duration;
    });
    expect(lastsS).toBeGreaterThan(3.5);
    await desk.getByText('Cari rekaman menurut hari').click();
    await desk.getByLabel('Hari', { exact: true }).fill(dayAt(Date.now(), 'Asia/Jakarta'));
    await expect(replay).toHaveCount(2 * (before + 1));
  });
  expect(radios.flatMap(({ wrong }) => wrong)).toEqual([]);
});

test('an analogue set on a cable is one member of a group: heard when it speaks, let go when it hangs', async ({
  browser,
  city,
}) => {
  test.setTimeout(180_000);
  const radios = await Promise.all([pageWithMicrophone(browser), pageWithMicrophone(browser)]);
  const [set, phone] = radios.map(({ page }) => page) as [Page, Page];
  await phone.goto(`${city.url}/ht`);
  await begin(phone);
  await set.goto(`${city.url}/jembatan`);
  await expect(set.getByRole('button', { name: 'Sambungkan' })).toBeEnabled();
  const { violations } = await new AxeBuilder({ page: set }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await set.getByRole('button', { name: 'Sambungkan' }).click();
  // the set speaks without a pause: that is a carrier that hangs
  await expect(set.getByText('RADIO → GRUP')).toBeVisible();
  await expect.poll(() => faceOf(phone)).toBe('busy');
  await set.screenshot({ path: test.info().outputPath('bridge.png') });
  await expect(set.getByText('Radio menggantung: dilepas sampai diam')).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => faceOf(phone)).toBe('ready');
  const { samples, rateHz } = await tapped(phone, 'speaker');
  const heard = samples.filter((sample) => Math.abs(sample) > 0.01).length / rateHz;
  expect(heard).toBeGreaterThan(5);
  await expect(phone.getByText(/^Anda · .* dtk$/).first()).toBeVisible();
  expect(radios.flatMap(({ wrong }) => wrong)).toEqual([]);
});

test('an officer in danger is heard before everybody, and the room has his alarm, his incident and where he is', async ({
  browser,
  city,
}) => {
  test.setTimeout(240_000);
  const call = createClient({ baseUrl: city.url });
  const camera = {
    cameraId: 'CCTV-ALUN',
    name: 'Alun-alun utara',
    owner: 'dishub',
    purpose: 'traffic',
    place: here,
  } as const;
  await call(cameraRoutes.register, { body: { ...camera, snapshotUrl: 'http://10.9.9.9/still.jpg' } });
  const [{ page: colleague }, { page: officer }, { page: desk }] = await Promise.all([pageWithMicrophone(browser), pageWithMicrophone(browser), pageWithMicrophone(browser, { width: 1366, height: 768 })]); // prettier-ignore
  await officer.context().grantPermissions(['microphone', 'geolocation']);
  await officer.context().setGeolocation({ latitude: here.lat, longitude: here.lng, accuracy: 9 });
  await desk.goto(city.url);
  await expect(desk.getByRole('status', { name: 'Sambungan' })).toHaveText('Langsung');
  for (const phone of [colleague, officer]) {
    await phone.goto(`${city.url}/ht`);
    await begin(phone);
  }
  await button(colleague).hover();
  await colleague.mouse.down();
  await expect.poll(() => faceOf(officer)).toBe('busy');

  const distress = officer.getByRole('button', { name: /^DARURAT/ });
  await test.step('let go early, it was nothing', async () => {
    await distress.hover();
    await officer.mouse.down();
    await expect(officer.getByText('Tahan terus…')).toBeVisible();
    await officer.mouse.up();
    await expect(distress).toBeVisible();
  });

  await test.step('held, it takes the floor', async () => {
    await distress.hover();
    await officer.mouse.down();
    await expect(officer.getByText(/^DARURAT terkirim/)).toBeVisible();
    await officer.mouse.up();
    await expect(colleague.getByText('Dipotong oleh DARURAT. Dengarkan.')).toBeVisible();
    await colleague.mouse.up();
    await expect.poll(() => faceOf(colleague)).toBe('alert');
    await expect(officer.getByText(/^Tempat Anda diketahui/)).toBeVisible();
  });

  await test.step('the room has its alarm and its incident, and a camera that sees it', async () => {
    await expect(desk.getByRole('list', { name: 'Alarm' }).getByText(/tombol darurat HT/)).toBeVisible();
    await desk.getByRole('list', { name: 'Kejadian' }).getByRole('button', { name: /Petugas dalam bahaya/ }).click(); // prettier-ignore
    const panel = desk.getByRole('complementary');
    await expect(panel.getByRole('button', { name: 'L2 juga Polsek' })).toHaveAttribute('aria-pressed', 'true');
    await expect(panel.getByText('Alun-alun utara').first()).toBeVisible();
    await desk.screenshot({ path: test.info().outputPath('desk.png') });
    await officer.screenshot({ path: test.info().outputPath('officer.png') });
  });

  await test.step('what was said is kept, and he is safe', async () => {
    await officer.getByRole('button', { name: 'Tutup mikrofon' }).click();
    await expect(officer.getByText(/DARURAT$/).first()).toBeVisible();
    // and what is said in the group of his incident is found with it
    await officer.getByRole('button', { name: /^INS-/ }).click();
    await button(officer).hover();
    await expect.poll(() => faceOf(officer)).toBe('ready');
    await officer.mouse.down();
    await expect.poll(() => faceOf(officer)).toMatch(/^(on-air|quiet|alert)$/);
    await officer.mouse.up();
    const panel = desk.getByRole('complementary');
    await expect(panel.locator('.timeline audio').first()).toBeVisible();
    await expect(panel.getByLabel(/^Putar ulang/)).toHaveCount(1);
    await officer.getByRole('button', { name: 'Saya aman' }).click();
    await officer.getByRole('button', { name: 'Ya, akhiri darurat' }).click();
    await expect(distress).toBeVisible();
    await expect(desk.getByRole('list', { name: 'Kejadian' }).getByText(/Petugas dalam bahaya/)).toBeVisible();
  });
});
