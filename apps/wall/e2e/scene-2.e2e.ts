import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startTestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';
import { startTestCamera } from './test-camera.ts';
import { comeIn, furnish, takeCall } from './scene-2-steps.ts';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('scene 2: four callers about one accident, the nearest ambulance has no driver, the next one goes and is heard of to the end', async ({
  browser,
}) => {
  test.setTimeout(480_000);
  const camera = await startTestCamera(browser);
  const city = await startTestCity({ env: { CAMERA_NETWORKS: '127.0.0.0/8' } });
  try {
    await furnish(city, camera.url);
    const { url } = city;
    const rani = await comeIn(browser, { url, userName: 'rani' });
    const dewi = await comeIn(browser, { url, userName: 'dewi' });
    const andi = await comeIn(browser, { url, userName: 'andi', path: '/field', width: 412 });
    const atDesk = rani.getByRole('complementary');
    const panel = dewi.getByRole('complementary');
    const incidents = dewi.getByRole('list', { name: 'Kejadian' });

    await test.step('a driver goes on duty with one tap', async () => {
      await andi.getByLabel('Nomor ponsel Anda').fill('0812 0000 1234');
      await andi.getByRole('button', { name: 'Siaga dengan Ambulans Dua' }).click();
      await expect(andi.getByText(/^Siaga sampai/)).toBeVisible();
      expect(await violations(andi), 'phone').toEqual([]);
    });

    await test.step('a call is saved while it is typed, and made an incident', async () => {
      await takeCall(rani, { place: '-7.7536, 113.2159', said: 'tabrakan motor, satu orang tidak sadar' });
      expect(await violations(rani), 'call').toEqual([]);
      await atDesk.getByRole('button', { name: 'Jadikan kejadian' }).press('Enter');
      await expect(incidents.getByRole('button', { name: /Kecelakaan/ })).toHaveCount(1);
    });

    await test.step('the second caller is offered the same incident, and joins it with one press', async () => {
      await takeCall(rani, { place: '-7.7539, 113.2161', said: 'ada kecelakaan di Flora' });
      await atDesk.getByRole('button', { name: /Sama dengan yang/ }).click();
      await expect(atDesk.getByText('2 pelapor')).toBeVisible();
    });

    await test.step('around the place stand the units, the camera that sees it and the incident itself', async () => {
      await takeCall(rani, { place: '-7.7537, 113.2160', said: 'korban di tengah jalan' });
      const around = atDesk.getByRole('region', { name: 'Di sekitar' });
      await expect(around).toContainText('Ambulans Satu');
      await expect(around).toContainText('belum lapor');
      await expect(around.getByRole('button', { name: /Kecelakaan/ })).toBeVisible();
      await atDesk.getByRole('button', { name: /Sama dengan yang/ }).click();
      await expect(atDesk.getByText('3 pelapor')).toBeVisible();
    });

    await test.step('a fourth was made an incident of its own: it is merged, with its caller', async () => {
      await takeCall(rani, { place: '-7.7535, 113.2157', said: 'motor tabrakan' });
      await atDesk.getByRole('button', { name: 'Jadikan kejadian' }).click();
      await expect(incidents.getByRole('button', { name: /Kecelakaan/ })).toHaveCount(2);
      await atDesk.getByRole('button', { name: /Gabungkan ke Kecelakaan/ }).click();
      await atDesk.getByRole('button', { name: 'Gabungkan', exact: true }).click();
      await expect(atDesk.getByText('4 pelapor')).toBeVisible();
      await expect(incidents.getByRole('button', { name: /Kecelakaan/ })).toHaveCount(1);
    });

    await test.step('one answer makes it red, and what to tell the caller is there', async () => {
      await incidents.getByRole('button', { name: /Kecelakaan/ }).click();
      await panel
        .getByRole('group', { name: 'Tidak sadar, tidak menjawab bila dipanggil?' })
        .getByRole('button', { name: 'ya', exact: true })
        .click();
      await expect(incidents.getByRole('img', { name: 'Triase: merah' })).toBeVisible();
      await expect(panel.getByText('Katakan pada pelapor:')).toBeVisible();
    });

    await test.step('the nearer ambulance is passed over with the reason; Ctrl+Enter sends the next', async () => {
      await expect(panel.getByText(/Ambulans Satu.*belum lapor/).first()).toBeVisible();
      await expect(panel.getByRole('button', { name: /^Kirim Ambulans Dua.*Ctrl\+Enter/ })).toBeVisible();
      expect(await violations(dewi), 'incident').toEqual([]);
      await dewi.keyboard.press('Control+Enter');
      await expect(panel.getByRole('list', { name: 'Di kejadian ini' })).toContainText('Ambulans Dua');
    });

    await test.step('the camera that sees the place is one press from its picture', async () => {
      const sees = panel.getByRole('button', { name: /Simpang Flora/ });
      await expect(sees).toContainText('melihat');
      await sees.click();
      await expect(panel.getByRole('img', { name: /Simpang Flora/ })).toBeVisible();
      await incidents.getByRole('button', { name: /Kecelakaan/ }).click();
    });

    await test.step('the phone has the job; silence is seen at the desk; one press accepts', async () => {
      await expect(andi.getByText('TUGAS BARU')).toBeVisible();
      await expect(andi.getByRole('article')).toContainText('Kecelakaan');
      await expect(panel.getByText(/^belum diterima, /)).toBeVisible({ timeout: 60_000 });
      await expect(panel.getByRole('link', { name: 'telepon 081200001234' })).toBeVisible();
      const ways = panel.getByRole('list', { name: 'Kabar ke awak' });
      await expect(ways).toContainText('notifikasi');
      await panel.getByRole('button', { name: 'tidak diangkat' }).click();
      await expect(ways).toContainText('telepon: gagal: tidak diangkat');
      expect(await violations(dewi), 'a crew that does not answer').toEqual([]);
      await andi.getByRole('button', { name: 'TERIMA' }).click();
      await expect(ways).toBeHidden();
      await expect(panel.getByRole('list', { name: 'Di kejadian ini' })).toContainText('diterima');
    });

    await test.step('the nearer hospital is full; a bed of the other is held in one press', async () => {
      const hospitals = panel.getByRole('list', { name: 'Rumah sakit' });
      await expect(hospitals.getByRole('listitem').first()).toContainText('kosong 0 dari 12');
      const open = hospitals.getByRole('listitem').filter({ hasText: 'RSUD Ar Rozy' });
      await expect(open).toContainText('kosong 4 dari 12');
      await panel.getByLabel('Kabar untuk IGD: keluhan').fill('tidak sadar, luka kepala');
      await open.getByRole('button', { name: 'Minta IGD' }).click();
      await expect(open).toContainText('kosong 3 dari 12');
      await expect(open).toContainText('ditahan');
    });

    await test.step('Dishub is told, and sees it on its own screen', async () => {
      await panel.getByRole('button', { name: 'Dishub · diminta kartu' }).click();
      const sari = await comeIn(browser, { url, userName: 'sari' });
      await expect(
        sari.getByRole('list', { name: 'Kejadian' }).getByRole('button', { name: /Kecelakaan/ }),
      ).toBeVisible();
      await sari.context().close();
    });

    await test.step('a step without a signal is marked, and sent when it is back', async () => {
      await andi.context().setOffline(true);
      await andi.getByRole('button', { name: 'menuju lokasi' }).click();
      await expect(andi.getByText('1 langkah menunggu sinyal')).toBeVisible();
      await andi.context().setOffline(false);
      await expect(panel.getByRole('list', { name: 'Di kejadian ini' })).toContainText('menuju lokasi', {
        timeout: 60_000,
      });
      await expect(andi.getByText('1 langkah menunggu sinyal')).toBeHidden();
    });

    await test.step('to the hospital and back on duty; the desk closes it, and every step stands in the timeline', async () => {
      for (const step of ['di lokasi', 'menangani pasien', 'meninggalkan lokasi', 'tiba di RS', 'serah terima'])
        await andi.getByRole('button', { name: step, exact: true }).click();
      await andi.getByRole('button', { name: 'selesai · siaga lagi' }).click();
      await expect(andi.getByText(/^Siaga sampai/)).toBeVisible({ timeout: 60_000 });
      await expect(panel.getByRole('list', { name: 'Rumah sakit' })).toContainText('serah terima selesai');
      await panel.getByRole('button', { name: 'Diobati dan diantar' }).click();
      await panel.getByRole('button', { name: 'Selesaikan kejadian' }).click();
      await expect(panel.getByText(/Diobati dan diantar · selesai/)).toBeVisible();
      for (const line of [
        'Unit dilewati',
        'Unit dikirim',
        'Belum diterima',
        'Tiba di RS',
        'Serah terima',
        'Kejadian selesai',
      ])
        await expect(panel.getByText(line, { exact: true }).first()).toBeAttached();
    });

    await test.step('what is over is found again, and opened again with a reason', async () => {
      await dewi.getByRole('button', { name: 'Riwayat', exact: true }).click();
      await panel.getByRole('button', { name: /Diobati dan diantar/ }).click();
      await panel.getByLabel('Alasan membuka lagi').fill('satu korban lagi');
      await panel.getByRole('button', { name: 'Buka lagi' }).click();
      await expect(incidents.getByRole('button', { name: /Kecelakaan/ })).toHaveCount(1);
    });
  } finally {
    await city.stop();
    await city.remove();
    await camera.close();
  }
});
