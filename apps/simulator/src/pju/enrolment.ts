import {
  cameraRoutes,
  controllerRoutes,
  feederRoutes,
  lampRoutes,
  linkRoutes,
  panelRoutes,
  type Client,
  type Place,
} from '@siaga/contracts';
import { hasBegun } from '../register.ts';
import { LAMP_EVERY_S, PANEL_EVERY_S, type Network } from './network.ts';
import { devicesOf } from './telemetry.ts';

/** How it ended: in the register, or the city works in earnest and takes nothing simulated. */
export type Enrolled = 'enrolled' | 'begun';

/**
 * Puts the simulated PJU into the city's registers through their public doors, sheet by sheet; again, it changes nothing.
 * Throws the Fault of a door, or an Error when a sheet is refused or the token is not one for exercises.
 */
export async function enrolPju(client: Client, network: Network): Promise<Enrolled> {
  for (const [route, { fileName, lines }] of sheetsOf(network)) {
    // each time anew: what comes into the register after the city has cleared it stays there
    if (await hasBegun(client)) return 'begun';
    const contentBase64 = Buffer.from(lines.join('\n')).toString('base64');
    const { errors } = await client(route, { query: {}, body: { fileName, contentBase64 } });
    const [first] = errors;
    if (first !== undefined) throw new Error(`${fileName}, line ${String(first.line)}: ${first.message}`);
    if (route === feederRoutes.import) await assertExercise(client, network);
  }
  return 'enrolled';
}

/** Whether things are still tried out, and its feeders are in the register as an exercise. */
export async function isStillEnrolled(client: Client): Promise<boolean> {
  const { items } = await client(feederRoutes.list, { query: { limit: 1000 } });
  return items.some(({ feederId, exercise }) => exercise && feederId.startsWith('SIM-'));
}

async function assertExercise(client: Client, { feeders }: Network): Promise<void> {
  const { items } = await client(feederRoutes.list, { query: { limit: 1000 } });
  const real = items.find(({ feederId, exercise }) => !exercise && feeders.some((one) => one.feederId === feederId));
  if (real !== undefined)
    throw new Error(`the city registered ${real.feederId} as a real feeder: the token is not one for exercises`);
}

interface Sheet {
  readonly fileName: string;
  readonly lines: readonly string[];
}

/** What is named comes first. */
function sheetsOf(network: Network): (readonly [typeof lampRoutes.import, Sheet])[] {
  const { feeders, panels, cameras, link } = network;
  const sheet = (fileName: string, heading: string, lines: readonly string[]) => ({
    fileName,
    lines: [heading, ...lines],
  });
  return [
    [feederRoutes.import, sheet('simulasi-penyulang.csv', 'ID Penyulang;Nama', feeders.map(({ feederId, name }) => `${feederId};${name}`))], // prettier-ignore
    [
      panelRoutes.import,
      sheet(
        'simulasi-panel.csv',
        'ID Panel;Pasokan;Penyulang;Koordinat',
        panels.map(
          ({ panelId, feederId, place }) => `${panelId};Meter;${feederId};${String(place.lat)}, ${String(place.lng)}`,
        ),
      ),
    ],
    [
      lampRoutes.import,
      sheet(
        'simulasi-lampu.csv',
        'ID Lampu;Panel;Daya (W);Latitude;Longitude;Posisi Perkiraan',
        panels.flatMap(({ panelId, lamps }) =>
          lamps.map(({ lampId, watt, place }) => `${lampId};${panelId};${String(watt)};${degrees(place)};ya`),
        ),
      ),
    ],
    [linkRoutes.import, sheet('simulasi-tautan.csv', 'ID Tautan;Nama;OPD Pemilik;Panel', [`${link.linkId};${link.name};Dishub;${link.panelId}`])], // prettier-ignore
    [
      controllerRoutes.import,
      sheet(
        'simulasi-pengendali.csv',
        'ID Perangkat;Untuk;Selang Lapor (s)',
        devicesOf(network).map(({ controllerId, panel, lamp }) =>
          lamp === undefined
            ? `${controllerId};panel:${panel.panelId};${String(PANEL_EVERY_S)}`
            : `${controllerId};lampu:${lamp.lamp.lampId};${String(LAMP_EVERY_S)}`,
        ),
      ),
    ],
    [
      cameraRoutes.import,
      sheet(
        'simulasi-kamera.csv',
        'ID Kamera;Nama;OPD Pemilik;Tujuan;Latitude;Longitude;Posisi Perkiraan;Tautan Radio',
        cameras.map(
          ({ cameraId, name, place, linkId = '' }) =>
            `${cameraId};${name};Dishub;Lalu lintas;${degrees(place)};ya;${linkId}`,
        ),
      ),
    ],
  ];
}

const degrees = ({ lat, lng }: Place) => `${String(lat)};${String(lng)}`;
