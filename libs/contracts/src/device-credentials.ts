import { z } from 'zod';
import { type DataOf, defineEvent } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { deviceKey, DeviceRef } from './device.ts';
import { sha256 } from './sha256.ts';
import { Agency, EpochMs, pageOf, PageQuery } from './shapes.ts';

/** A device as one agency speaks of it: what another one says of the same id is about its own doors only. */
export const AgencyDevice = DeviceRef.extend({ agency: Agency });
export type AgencyDevice = z.infer<typeof AgencyDevice>;

/** Key of what an agency says of a device: `dlh/osmand:48241179`. */
export const agencyDeviceKey = (device: AgencyDevice): string => `${device.agency}/${deviceKey(device)}`;

/**
 * How the audit trail of a city calls an agency's device: `device:` and 16 characters, the first of the base64url SHA-256 of
 * `<city>/<agency>/<protocol>:<deviceId>`. An id may be an IMEI, and what is in the trail stays there.
 */
export function deviceSubject(city: string, device: AgencyDevice): string {
  const hash = sha256(new TextEncoder().encode(`${city}/${agencyDeviceKey(device)}`));
  const base64 = btoa(String.fromCharCode(...hash.subarray(0, 12)));
  return `device:${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}

const audit = ({ params }: { params: AgencyDevice }, city: string) => [deviceSubject(city, params)];

export const identityDevices = defineStream({ name: 'identity.devices', delivery: 'latest', keepForDays: 3650 });

/** SHA-256 of a key, base64url: a key is 32 random bytes, so nothing slower is needed. */
const KeyHash = z.string().length(43);

/** An IPv4 or IPv6 network, like `10.20.0.0/16`, from which a device may report. */
export const Network = z.union([z.cidrv4(), z.cidrv6()]);

/** How a device proves itself at its agency's doors. One the agency said nothing of needs no proof beyond being registered. */
export const DeviceCredentialsChanged = defineEvent({
  name: 'identity.device.credentials-changed',
  summary: 'How a device proves itself from now on: key hashes, networks, or that it is blocked.',
  stream: identityDevices,
  data: AgencyDevice.extend({
    /** {@link agencyDeviceKey} of the device. */
    key: z.string(),
    keyHash: KeyHash.optional(),
    /** The key before, for 24 h after the rotation. */
    previous: z.object({ keyHash: KeyHash, untilMs: EpochMs }).optional(),
    /** Empty: from anywhere. */
    networks: z.array(Network),
    blocked: z.boolean(),
    version: z.number().int().min(1),
  }),
  key: (device) => device.key,
  version: (device) => device.version,
  audience: [],
});
export type DeviceCredentialsChanged = DataOf<typeof DeviceCredentialsChanged>;

/** How a device proves itself, without any secret. */
export const DeviceCredentials = AgencyDevice.extend({
  hasKey: z.boolean(),
  keyIssuedAtMs: EpochMs.optional(),
  /** The key before counts until then. */
  previousKeyUntilMs: EpochMs.optional(),
  networks: z.array(Network),
  blocked: z.boolean(),
  version: z.number().int().min(1),
});
export type DeviceCredentials = z.infer<typeof DeviceCredentials>;

export const ListDeviceCredentials = defineRoute({
  name: 'identity.devices.list',
  summary: 'Devices of my agencies that carry a key, report from known networks only, or are blocked.',
  method: 'GET',
  path: '/api/identity/devices',
  query: PageQuery,
  answer: pageOf(DeviceCredentials),
  permission: ['agency-admin'],
});

export const GetDeviceCredentials = defineRoute({
  name: 'identity.devices.get',
  summary: 'How a device proves itself; 404 when its agency is not mine, or said nothing of it.',
  method: 'GET',
  path: '/api/identity/devices/:agency/:protocol/:deviceId',
  params: AgencyDevice,
  answer: DeviceCredentials,
  permission: ['agency-admin'],
});

export const IssueDeviceKey = defineRoute({
  name: 'identity.devices.issue-key',
  summary:
    'A new key for a device, shown this once. The key before counts for another 24 h. From now on a key is needed.',
  method: 'POST',
  path: '/api/identity/devices/:agency/:protocol/:deviceId/key',
  params: AgencyDevice,
  answer: z.object({
    key: z.string(),
    device: DeviceCredentials,
    /** What the phone's app is to be given, per protocol: a web address, or a configuration link for a QR. */
    setUp: z.array(z.object({ label: z.string(), text: z.string() })),
  }),
  status: 200,
  permission: ['agency-admin'],
  audit,
  secret: true,
});

export const ChangeDeviceCredentials = defineRoute({
  name: 'identity.devices.change',
  summary:
    'From which networks a device may report, and whether it may at all: takes effect within 5 s at every door of its agency.',
  method: 'PUT',
  path: '/api/identity/devices/:agency/:protocol/:deviceId',
  params: AgencyDevice,
  body: z.object({
    /** The version it was read at, 0 for one of which nothing is said yet; `conflict` when somebody changed it meanwhile. */
    version: z.number().int().min(0),
    networks: z.array(Network).max(8).optional(),
    blocked: z.boolean().optional(),
  }),
  answer: DeviceCredentials,
  permission: ['agency-admin'],
  audit,
});
