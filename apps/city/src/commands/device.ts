import {
  ChangeDeviceCredentials,
  deviceKey,
  DeviceRef,
  Fault,
  IssueDeviceKey,
  ListDeviceCredentials,
  parse,
  type DeviceCredentials,
} from '@siaga/contracts';
import { ownerClient } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';

/** `siaga device list`: devices that must prove themselves, or are shut out. */
export const list: Command = {
  summary: 'devices that carry a key, report from known networks only, or are blocked',
  async run(input) {
    const { items } = await (await ownerClient(input))(ListDeviceCredentials, {});
    return { answer: items, text: items.length === 0 ? 'belum ada · none yet' : items.map(lineOf).join('\n') };
  },
};

/** `siaga device key`: a new key for a device, shown this once. */
export const key: Command = {
  summary: '<protocol> <device id>: a new key, shown once; the one before counts for 24 h',
  async run(input) {
    const params = deviceOf(input);
    const issued = await (await ownerClient(input))(IssueDeviceKey, { params });
    const text = [
      `${deviceKey(params)}: kunci baru, hanya ditampilkan sekali · a new key, shown this once`,
      issued.key,
      ...issued.setUp.map(({ label, text: set }) => `${label}: ${set}`),
    ].join('\n');
    return { answer: issued, text };
  },
};

/** `siaga device block`: nothing it sends counts, at any door, within 5 s. */
export const block: Command = {
  summary: '<protocol> <device id>: nothing it sends counts any more',
  run: (input) => setBlocked(input, { blocked: true, said: 'diblokir · blocked' }),
};

/** `siaga device unblock`: it is heard again. */
export const unblock: Command = {
  summary: '<protocol> <device id>: it is heard again',
  run: (input) => setBlocked(input, { blocked: false, said: 'didengar lagi · is heard again' }),
};

async function setBlocked(input: CommandInput, { blocked, said }: { blocked: boolean; said: string }) {
  const params = deviceOf(input);
  const device = await (await ownerClient(input))(ChangeDeviceCredentials, { params, body: { blocked } });
  return { answer: device, text: `${deviceKey(params)}: ${said}` };
}

function deviceOf({ words: [protocol, deviceId] }: CommandInput): DeviceRef {
  if (protocol === undefined || deviceId === undefined)
    throw new Fault(
      'invalid',
      'sebutkan protokol dan id perangkat, misalnya osmand 48241179 · name protocol and id of a device, like osmand 48241179',
    );
  return parse(DeviceRef, { protocol, deviceId }, 'device');
}

function lineOf({ hasKey, keyIssuedAtMs, networks, blocked, ...device }: DeviceCredentials): string {
  const issued = keyIssuedAtMs === undefined ? '' : ` ${new Date(keyIssuedAtMs).toISOString()}`;
  const facts = [
    deviceKey(device),
    hasKey ? `kunci · key${issued}` : 'tanpa kunci · no key',
    ...(networks.length > 0 ? [`dari · from ${networks.join(', ')}`] : []),
    ...(blocked ? ['diblokir · blocked'] : []),
  ];
  return facts.join('  ');
}
