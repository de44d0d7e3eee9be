import { DeviceCredentialsChanged, type Agency, type DeviceProtocol } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

export interface DeviceDocument {
  /** At whose doors this holds, and whose administrators may change it. */
  agency: Agency;
  protocol: DeviceProtocol;
  deviceId: string;
  keyHash?: string | undefined;
  keyIssuedAtMs?: number | undefined;
  /** The key before, while it still counts. */
  previous?: { keyHash: string; untilMs: number } | undefined;
  /** Empty: from anywhere. */
  networks: string[];
  blocked: boolean;
}

/** How devices prove themselves; `_id` is the `agencyDeviceKey`. Keys are here as hashes only. */
export const devices = defineCollection<DeviceDocument>({
  name: 'identity_devices',
  fields: {
    agency: { type: String, required: true },
    protocol: { type: String, required: true },
    deviceId: { type: String, required: true },
    keyHash: String,
    keyIssuedAtMs: Number,
    previous: { type: Object, default: undefined },
    networks: { type: [String], required: true },
    blocked: { type: Boolean, required: true },
  },
  state: stateOf(DeviceCredentialsChanged, ({ _id, agency, protocol, deviceId, keyHash, previous, ...device }) => ({
    ...{ key: _id, agency, protocol, deviceId },
    ...{ networks: device.networks, blocked: device.blocked, version: device.version },
    ...(keyHash === undefined ? {} : { keyHash }),
    ...(previous === undefined ? {} : { previous }),
  })),
});

export type StoredDevice = Stored<DeviceDocument>;
