import {
  AgencyDevice,
  agencyDeviceKey,
  ChangeDeviceCredentials,
  Fault,
  GetDeviceCredentials,
  IssueDeviceKey,
  ListDeviceCredentials,
  parse,
  type Client,
  type DeviceCredentials,
} from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';

/** `siaga device list`: devices that must prove themselves, or are shut out. */
export const list: Command = {
  summary: 'devices that carry a key, report from known networks only, or are blocked',
  async run(input) {
    const devices = await allDevices(await ownerClient(input));
    return { answer: devices, text: devices.length === 0 ? 'belum ada · none yet' : devices.map(lineOf).join('\n') };
  },
};

/** `siaga device key`: a new key for a device, shown this once. */
export const key: Command = {
  summary: '<agency> <protocol> <device id>: a new key, shown once; the one before counts for 24 h',
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
  summary: '<agency> <protocol> <device id>: nothing it sends counts any more',
  run: (input) => setBlocked(input, { blocked: true, said: 'diblokir · blocked' }),
};

/** `siaga device unblock`: it is heard again. */
export const unblock: Command = {
  summary: '<agency> <protocol> <device id>: it is heard again',
  run: (input) => setBlocked(input, { blocked: false, said: 'didengar lagi · is heard again' }),
};

async function setBlocked(input: CommandInput, { blocked, said }: { blocked: boolean; said: string }) {
  const params = deviceOf(input);
  const call = await ownerClient(input);
  // a block waits for no version
  const version = blocked ? 0 : (await call(GetDeviceCredentials, { params })).version;
  const device = await call(ChangeDeviceCredentials, { params, body: { version, blocked } });
  return { answer: device, text: `${agencyDeviceKey(params)}: ${said}` };
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
  return parse(AgencyDevice, { agency, protocol, deviceId }, 'device');
}

function lineOf({ hasKey, keyIssuedAtMs, networks, blocked, ...device }: DeviceCredentials): string {
  const issued = keyIssuedAtMs === undefined ? '' : ` ${new Date(keyIssuedAtMs).toISOString()}`;
  const facts = [
    agencyDeviceKey(device),
    hasKey ? `kunci · key${issued}` : 'tanpa kunci · no key',
    ...(networks.length > 0 ? [`dari · from ${networks.join(', ')}`] : []),
    ...(blocked ? ['diblokir · blocked'] : []),
  ];
  return facts.join('  ');
}
