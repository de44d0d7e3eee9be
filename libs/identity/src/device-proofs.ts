import { BlockList, isIPv6 } from 'node:net';
import type { Table } from '@siaga/bus';
import { deviceKey, type DeviceCredentialsChanged, type DeviceRef } from '@siaga/contracts';
import { isKey } from './device-key.ts';

/** What a device shows at a door. */
export interface DeviceProof {
  key: string | undefined;
  /** Where the message came from. */
  address: string;
}

/** Why a device is not believed, for the log and the administrator; a door answers all of them alike. */
export type Disbelief = 'blocked' | 'network' | 'no-key' | 'wrong-key';

/** Whether devices are who they say, by what the log says of them: a revoked key counts no more within milliseconds. */
export class DeviceProofs {
  readonly #credentials: Table<DeviceCredentialsChanged>;

  constructor(credentials: Table<DeviceCredentialsChanged>) {
    this.#credentials = credentials;
  }

  /** undefined: believed. A device nobody said anything of needs no proof. */
  doubt(device: DeviceRef, { key, address }: DeviceProof): Disbelief | undefined {
    const known = this.#credentials.get(deviceKey(device));
    if (known === undefined) return undefined;
    if (known.blocked) return 'blocked';
    if (known.networks.length > 0 && !isWithin(address, known.networks)) return 'network';
    if (known.keyHash === undefined) return undefined;
    if (key === undefined) return 'no-key';
    return hashesOf(known, Date.now()).some((hash) => isKey(key, hash)) ? undefined : 'wrong-key';
  }
}

function hashesOf({ keyHash, previous }: DeviceCredentialsChanged, nowMs: number): readonly string[] {
  return [keyHash, previous !== undefined && nowMs < previous.untilMs ? previous.keyHash : undefined].filter(
    (hash) => hash !== undefined,
  );
}

function isWithin(address: string, networks: readonly string[]): boolean {
  const allowed = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    allowed.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  }
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return allowed.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
