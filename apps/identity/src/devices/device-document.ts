import { DeviceCredentialsChanged, type Agency, type DeviceProtocol } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

export interface DeviceDocument {
  protocol: DeviceProtocol;
  deviceId: string;
  /** Whose administrators may change it. */
  agencies: Agency[];
  keyHash?: string | undefined;
  keyIssuedAtMs?: number | undefined;
  /** The key before, while it still counts. */
  previous?: { keyHash: string; untilMs: number } | undefined;
  /** Empty: from anywhere. */
  networks: string[];
  blocked: boolean;
}

/** How devices prove themselves; `_id` is the `deviceKey`. Keys are here as hashes only. */
export const devices = defineCollection<DeviceDocument>({
  name: 'identity_devices',
  fields: {
    protocol: { type: String, required: true },
    deviceId: { type: String, required: true },
    agencies: { type: [String], required: true },
    keyHash: String,
    keyIssuedAtMs: Number,
    previous: { type: Object, default: undefined },
    networks: { type: [String], required: true },
    blocked: { type: Boolean, required: true },
  },
  state: stateOf(DeviceCredentialsChanged, ({ _id, protocol, deviceId, keyHash, previous, ...device }) => ({
    key: _id,
    ...{ protocol, deviceId, networks: device.networks, blocked: device.blocked, version: device.version },
    ...(keyHash === undefined ? {} : { keyHash }),
    ...(previous === undefined ? {} : { previous }),
  })),
});

export type StoredDevice = Stored<DeviceDocument>;
