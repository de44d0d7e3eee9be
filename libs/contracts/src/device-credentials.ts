import { z } from 'zod';
import { type DataOf, defineEvent } from './define-event.ts';
import { defineRoute } from './define-route.ts';
import { defineStream } from './define-stream.ts';
import { DeviceRef } from './device.ts';
import { EpochMs } from './shapes.ts';

export const identityDevices = defineStream({ name: 'identity.devices', delivery: 'latest', keepForDays: 3650 });

/** SHA-256 of a key, base64url: a key is 32 random bytes, so nothing slower is needed. */
const KeyHash = z.string().length(43);

/** An IPv4 or IPv6 network, like `10.20.0.0/16`, from which a device may report. */
export const Network = z.union([z.cidrv4(), z.cidrv6()]);

/** How a device proves itself at a door. A device nobody said anything of needs no proof beyond being registered. */
export const DeviceCredentialsChanged = defineEvent({
  name: 'identity.device.credentials-changed',
  summary: 'How a device proves itself from now on: key hashes, networks, or that it is blocked.',
  stream: identityDevices,
  data: DeviceRef.extend({
    /** `deviceKey` of the device. */
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
export const DeviceCredentials = DeviceRef.extend({
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
  summary: 'Devices that carry a key, report from known networks only, or are blocked.',
  method: 'GET',
  path: '/api/identity/devices',
  answer: z.object({ items: z.array(DeviceCredentials) }),
  permission: ['agency-admin'],
});

export const IssueDeviceKey = defineRoute({
  name: 'identity.devices.issue-key',
  summary:
    'A new key for a device, shown this once. The key before counts for another 24 h. From now on a key is needed.',
  method: 'POST',
  path: '/api/identity/devices/:protocol/:deviceId/key',
  params: DeviceRef,
  answer: z.object({
    key: z.string(),
    device: DeviceCredentials,
    /** What the phone's app is to be given, per protocol: a web address, or a configuration link for a QR. */
    setUp: z.array(z.object({ label: z.string(), text: z.string() })),
  }),
  status: 200,
  permission: ['agency-admin'],
  secret: true,
});

export const ChangeDeviceCredentials = defineRoute({
  name: 'identity.devices.change',
  summary: 'From which networks a device may report, and whether it may at all: takes effect within 5 s at every door.',
  method: 'PUT',
  path: '/api/identity/devices/:protocol/:deviceId',
  params: DeviceRef,
  body: z.object({ networks: z.array(Network).max(8).optional(), blocked: z.boolean().optional() }),
  answer: DeviceCredentials,
  permission: ['agency-admin'],
});
