import {
  Agency,
  AgencyDevice,
  agencyDeviceKey,
  ChangeDeviceCredentials,
  DeviceProtocol,
  Fault,
  GetDeviceCredentials,
  IssueDeviceKey,
  ListDeviceCredentials,
  type Client,
  type DeviceCredentials,
} from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';

/** `siaga device list`: devices that must prove themselves, or are shut out. */
export const list: Command = {
  summary: 'alat yang berkunci, terikat jaringan, atau diblokir · devices with a key or networks, or blocked',
  async run(input) {
    const devices = await allDevices(await ownerClient(input));
    const lines = devices.map((device) => lineOf(device, input));
    return { answer: devices, text: lines.length === 0 ? 'belum ada · none yet' : lines.join('\n') };
  },
};

const ofOneDevice = { usage: '<OPD · agency> <protokol · protocol> <id>', mostWords: 3 };

/** `siaga device key`: a new key for a device, shown this once. */
export const key: Command = {
  summary:
    'kunci baru, ditampilkan sekali; yang lama berlaku 24 jam · a new key, shown once; the old one counts for 24 h',
  ...ofOneDevice,
  async run(input) {
    const params = deviceOf(input);
    const issued = await (await ownerClient(input))(IssueDeviceKey, { params });
    const text = [
      `${agencyDeviceKey(params)}: kunci baru, hanya ditampilkan sekali · a new key, shown this once`,
      issued.key,
      ...issued.setUp.map(({ label, text: set }) => `${label}: ${set}`),
    ].join('\n');
    return { answer: issued, text };
  },
};

/** `siaga device block`: nothing it sends counts, at any door, within 5 s. */
export const block: Command = {
  summary: 'laporannya tidak diterima lagi · nothing it sends counts any more',
  ...ofOneDevice,
  async run(input) {
    const params = deviceOf(input);
    const call = await ownerClient(input);
    // a block waits for no version, nor for anything that was said of the device before
    const device = await call(ChangeDeviceCredentials, { params, body: { version: 0, blocked: true } });
    return { answer: device, text: `${agencyDeviceKey(params)}: diblokir · blocked` };
  },
};

/** `siaga device unblock`: it is heard again. */
export const unblock: Command = {
  summary: 'laporannya diterima lagi · it is heard again',
  ...ofOneDevice,
  async run(input) {
    const params = deviceOf(input);
    const call = await ownerClient(input);
    const { version } = await knownDevice(call, params);
    const device = await call(ChangeDeviceCredentials, { params, body: { version, blocked: false } });
    return { answer: device, text: `${agencyDeviceKey(params)}: didengar lagi · is heard again` };
  },
};

/** Only a device of which something was said can have been blocked. */
async function knownDevice(call: Client, params: AgencyDevice): Promise<DeviceCredentials> {
  try {
    return await call(GetDeviceCredentials, { params });
  } catch (cause) {
    if (!(cause instanceof Fault && cause.kind === 'not-found')) throw cause;
    const name = agencyDeviceKey(params);
    throw new Fault(
      'not-found',
      `tidak ada perangkat ${name} di daftar · there is no device ${name} in the list: ${siagaCommand('device list')}`,
      { cause },
    );
  }
}

async function allDevices(call: Client): Promise<DeviceCredentials[]> {
  const devices: DeviceCredentials[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await call(ListDeviceCredentials, {
      query: { limit: 1000, ...(after === undefined ? {} : { after }) },
    });
    devices.push(...items);
    if (next === undefined) return devices;
    after = next;
  }
}

function deviceOf({ words: [agency, protocol, deviceId] }: CommandInput): AgencyDevice {
  if (agency === undefined || protocol === undefined || deviceId === undefined)
    throw new Fault(
      'invalid',
      'sebutkan OPD, protokol, dan id perangkat, misalnya dlh osmand 48241179 · name agency, protocol and id of a device, like dlh osmand 48241179',
    );
  const device = AgencyDevice.safeParse({ agency, protocol, deviceId });
  if (device.success) return device.data;
  const [agencies, protocols] = [Agency.options.join(', '), DeviceProtocol.options.join(', ')];
  throw new Fault(
    'invalid',
    `bukan perangkat: OPD salah satu dari ${agencies}; protokol salah satu dari ${protocols}; id paling banyak 100 huruf
not a device: its agency is one of ${agencies}; its protocol one of ${protocols}; its id has at most 100 characters`,
    { cause: device.error },
  );
}

function lineOf(
  { hasKey, keyIssuedAtMs, networks, blocked, ...device }: DeviceCredentials,
  { timeOf }: CommandInput,
): string {
  const issued = keyIssuedAtMs === undefined ? '' : ` ${timeOf(keyIssuedAtMs)}`;
  const facts = [
    agencyDeviceKey(device),
    hasKey ? `kunci · key${issued}` : 'tanpa kunci · no key',
    ...(networks.length > 0 ? [`dari · from ${networks.join(', ')}`] : []),
    ...(blocked ? ['diblokir · blocked'] : []),
  ];
  return facts.join('  ');
}
