import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  AcceptInvitation,
  createClient,
  InvitePerson,
  OpenIncident,
  PutHospital,
  ReportBeds,
  type Agency,
  type PersonRole,
} from '@siaga/contracts';
import { startTestCity, type TestCity } from '@siaga/testing';
import { expect, test } from './journey.ts';
import { comeIn, flora } from './scene-2-steps.ts';

const password = 'kapal berlabuh di mayangan';
const hospitalId = 'rs-bahari';

interface Somebody {
  name: string;
  userName: string;
  agencies: Agency[];
  role: PersonRole;
}

const people: readonly Somebody[] = [
  { name: 'Dewi Lestari', userName: 'dewi', agencies: ['satpolpp'], role: 'dispatcher' },
  { name: 'Wati Rahayu', userName: 'wati', agencies: ['rs'], role: 'responder' },
  // last: once somebody administers the city, nobody is the local operator
  { name: 'Budi Santoso', userName: 'budi', agencies: ['diskominfo'], role: 'city-admin' },
];

/** A hospital with one nurse and four free beds, somebody who is not well, and the desk. */
async function furnish({ url }: TestCity): Promise<void> {
  const call = createClient({ baseUrl: url });
  const links: { path: string }[] = [];
  for (const { name, agencies, role } of people)
    links.push(await call(InvitePerson, { body: { displayName: name, agencies, roles: [role] } }));
  const place = { ...flora, uncertaintyM: 20, source: 'map' } as const;
  await call(OpenIncident, { body: { kind: 'medical', place } });
  const accept = (at: number) => {
    const token = links[at]?.path.replace(/^.*#undangan=/, '') ?? '';
    return call(AcceptInvitation, { body: { token, userName: people[at]?.userName ?? '', password } });
  };
  await accept(0);
  const nurse = await accept(1);
  const entry = { name: 'RS Bahari', place: flora, services: ['IGD 24 jam'] };
  const own = { people: [nurse.principalId], feedClasses: { '24': 'igd' as const } };
  await call(PutHospital, { params: { hospitalId }, body: { ...entry, ...own } });
  const beds = [{ bedClass: 'igd' as const, totalCount: 12, occupiedCount: 8 }];
  await call(ReportBeds, { params: { hospitalId }, body: { beds } });
  await accept(2);
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('a bed is asked for, the IGD reads who comes, the feed counts anew, the patient is handed over', async ({
  browser,
}) => {
  const city = await startTestCity();
  try {
    await furnish(city);
    const { url } = city;
    const desk = await comeIn(browser, { url, userName: 'dewi' });
    const igd = await comeIn(browser, { url, userName: 'wati', path: '/rs', width: 412 });
    const panel = desk.getByRole('complementary');
    const row = panel.getByRole('list', { name: 'Rumah sakit' }).getByRole('listitem').filter({ hasText: 'RS Bahari' });
    const patient = igd.getByRole('article', { name: /^Pasien RSV-/ });

    await test.step('the desk asks for a bed, and says who comes', async () => {
      await expect(igd.getByText('Tidak ada pasien yang diberitahukan.')).toBeVisible();
      await desk.getByRole('list', { name: 'Kejadian' }).getByRole('button').first().click();
      await panel.getByLabel('Kabar untuk IGD: keluhan').fill('sesak napas, biru');
      await panel.getByRole('button', { name: 'perempuan' }).click();
      await row.getByRole('button', { name: 'Minta IGD' }).press('Enter');
      await expect(row).toContainText('kosong 3 dari 12');
      await expect(row).toContainText('IGD belum membaca');
    });

    await test.step('the page of the IGD calls its nurse, who reads by one key', async () => {
      await expect(patient).toContainText('PASIEN BARU');
      await expect(patient).toContainText('sesak napas, biru');
      await expect(patient).toContainText('perempuan');
      expect(await violations(igd), 'IGD').toEqual([]);
      await patient.getByRole('button', { name: 'Sudah dibaca' }).press('Enter');
      await expect(patient).not.toContainText('PASIEN BARU');
      await expect(row).toContainText('IGD membaca');
    });

    await test.step('the feed counts anew, and the bed stays held', async () => {
      const status = await igd.evaluate(async (path) => {
        const rows = [{ id_tt: '24', ruang: 'IGD', jumlah: '12', terpakai: '11' }];
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify({ atMs: Date.now(), rows });
        return (await fetch(path, { method: 'POST', headers, body })).status;
      }, `/api/emergency/hospitals/${hospitalId}/feed`);
      expect(status).toBe(200);
      await expect(row).toContainText('kosong 0 dari 12');
      await expect(row).toContainText('1 ditahan');
    });

    await test.step('ambulances are told to stay away, with the reason and its age', async () => {
      await igd.getByRole('button', { name: 'tidak menerima ambulans' }).click();
      await igd.getByLabel('Alasannya').fill('listrik padam');
      await igd.getByRole('button', { name: 'Umumkan' }).click();
      await expect(row).toContainText('tidak menerima ambulans: listrik padam');
    });

    await test.step('the patient arrives and is handed over, and the timeline has when', async () => {
      await patient.getByRole('button', { name: 'Pasien tiba' }).click();
      await patient.getByRole('button', { name: 'Serah terima selesai' }).click();
      await expect(row).toContainText('serah terima selesai');
      for (const line of ['Tempat tidur diminta', 'IGD sudah membaca', 'Pasien tiba di RS', 'Pasien diterima RS'])
        await expect(panel.getByText(line, { exact: true }).first()).toBeAttached();
    });
  } finally {
    await city.stop();
    await city.remove();
  }
});
