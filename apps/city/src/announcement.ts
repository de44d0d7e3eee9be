import { renderUnicodeCompact } from 'uqr';
import { siagaCommand } from './siaga-command.ts';
import type { Entrance } from './first-administrator.ts';

/** What a start tells the person at the terminal. */
export interface Announced {
  /** `Kota Probolinggo` */
  cityName: string;
  /** One was asked for. */
  simulator: boolean;
  /** It works in earnest, so there is no simulator in any case. */
  begun: boolean;
  /** It listens on the network. */
  lan: boolean;
  /** Where it answers on this machine. */
  url: string;
  /** Where phones and trackers reach it. */
  deviceAddresses: readonly string[];
  entrance: Entrance;
}

/** The text of it, Bahasa first. */
export function announcement(announced: Announced): string {
  const { cityName, simulator, begun, lan, url, deviceAddresses } = announced;
  const addresses = lan && deviceAddresses.length > 0 ? deviceAddresses : [url];
  const paragraphs = [
    [`Siaga · ${cityName}${simulator && !begun ? ' · SIMULASI' : ''}`],
    ...(simulator && begun ? [notSimulated] : []),
    addresses,
    ...entranceLines(announced, addresses),
    ...(begun ? [] : [firstHourLines(addresses)]),
    ...(lan ? networkLines(deviceAddresses) : []),
    ['Ctrl-C: berhenti · stop'],
  ];
  return paragraphs.map((lines) => `\n${lines.map((line) => `  ${line}\n`).join('')}`).join('');
}

const notSimulated = [
  'Kota ini sudah mulai sungguhan: simulator tidak dinyalakan · this city works in earnest: no simulator is started',
];

const firstHourLines = (addresses: readonly string[]) => [
  'Jam pertama, langkah demi langkah · the first hour, step by step',
  ...addresses.map((address) => `${address}/mulai`),
];

function entranceLines({ entrance, lan }: Announced, addresses: readonly string[]): string[][] {
  if (entrance.kind === 'sign-in')
    return [[`Masuk di · sign in at ${addresses.map((address) => `${address}/masuk`).join('  ')}`]];
  const open = [
    'Tanpa administrator, siapa pun di komputer ini adalah operator',
    'Without an administrator, anybody at this computer is an operator',
  ];
  return [
    entrance.kind === 'invited' ? linkLines(entrance.path, addresses) : unclearLines(entrance.why),
    ...(lan ? [] : [open]),
  ];
}

const linkLines = (path: string, addresses: readonly string[]) => [
  'Administrator pertama: buka tautan ini sekali (berlaku 7 hari)',
  'First administrator: open this link once (good for 7 days)',
  ...addresses.map((address) => `${address}${path}`),
];

const unclearLines = (why: string) => [
  `Tautan administrator pertama belum dapat dibuat · the link for the first administrator could not be made: ${why}`,
  `Coba nanti · try later: ${siagaCommand('user invite --role city-admin --name "…"')}`,
];

function networkLines(deviceAddresses: readonly string[]): string[][] {
  if (deviceAddresses.length === 0)
    return [['Komputer ini tidak terhubung ke jaringan mana pun · this machine is on no network.']];
  return deviceAddresses.map((address) => [
    `Traccar Client: ${address}/ingest/osmand`,
    `OwnTracks (HTTP): ${address}/ingest/owntracks`,
    `Traccar server forward.url: ${address}/ingest/traccar`,
    ...renderUnicodeCompact(`${address}/ingest/osmand`, { border: 2 }).split('\n'),
  ]);
}
