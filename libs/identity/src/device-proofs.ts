import { BlockList, isIPv6 } from 'node:net';
import type { EventBus, Table } from '@siaga/bus';
import { DeviceCredentialsChanged, deviceKey, traccarServer, type DeviceRef } from '@siaga/contracts';
import { PerCity } from '@siaga/service';
import { isKey } from './device-key.ts';

/** What a device shows at a door. */
export interface DeviceProof {
  key: string | undefined;
  /** Where the message came from. */
  address: string;
}

/** Why a device is not believed, for the log and the administrator; a door answers all of them alike. */
export type Disbelief = 'blocked' | 'network' | 'no-key' | 'wrong-key';

/**
 * Whether devices are who they say, by what the log of the context's city says of them: a revoked key counts no more within
 * milliseconds.
 */
export class DeviceProofs {
  readonly #credentials: PerCity<Table<DeviceCredentialsChanged>>;

  constructor(bus: EventBus, cities: readonly string[]) {
    this.#credentials = new PerCity(cities, (city) => bus.table(DeviceCredentialsChanged, city));
  }

  /**
   * undefined: believed. A device nobody said anything of needs no proof. One that a Traccar server speaks for is proven
   * by its own key or by the server's, and what is said of the server holds for it, too.
   */
  doubt(device: DeviceRef, { key, address }: DeviceProof): Disbelief | undefined {
    const said = this.#saidOf(device);
    if (said.some(({ blocked }) => blocked)) return 'blocked';
    if (said.some(({ networks }) => networks.length > 0 && !isWithin(address, networks))) return 'network';
    const hashes = said.flatMap((known) => hashesOf(known, Date.now()));
    if (hashes.length === 0) return undefined;
    if (key === undefined) return 'no-key';
    return hashes.some((hash) => isKey(key, hash)) ? undefined : 'wrong-key';
  }

  #saidOf(device: DeviceRef): readonly DeviceCredentialsChanged[] {
    const names = device.protocol === 'traccar' ? [device, traccarServer] : [device];
    const credentials = this.#credentials.here;
    return names.flatMap((name) => credentials.get(deviceKey(name)) ?? []);
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
