import { BlockList, isIPv6 } from 'node:net';
import type { EventBus, Table } from '@siaga/bus';
import { agencyDeviceKey, DeviceCredentialsChanged, traccarServer, type AgencyDevice } from '@siaga/contracts';
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

/** Told that something else is said of a device, by its `agencyDeviceKey`, and in which city. */
export type ProofListener = (agencyDeviceKey: string, city: string) => void;

/**
 * Whether devices are who they say, by what the log of the context's city says of them: a revoked key counts no more within
 * milliseconds. A door asks in the name of the agency whose register it serves: what another agency says is not about it.
 */
export class DeviceProofs {
  readonly #credentials: PerCity<Table<DeviceCredentialsChanged>>;

  constructor(bus: EventBus, cities: readonly string[]) {
    this.#credentials = new PerCity(cities, (city) => bus.table(DeviceCredentialsChanged, city));
  }

  /**
   * undefined: believed. A device its agency said nothing of needs no proof. One that a Traccar server speaks for is
   * proven by its own key or by the server's, and what is said of the server holds for it, too.
   */
  doubt(device: AgencyDevice, { key, address }: DeviceProof): Disbelief | undefined {
    const said = this.#saidOf(device);
    if (said.some(({ blocked }) => blocked)) return 'blocked';
    if (said.some(({ networks }) => networks.length > 0 && !isWithin(address, networks))) return 'network';
    const hashes = said.flatMap((known) => hashesOf(known, Date.now()));
    if (hashes.length === 0) return undefined;
    if (key === undefined) return 'no-key';
    return hashes.some((hash) => isKey(key, hash)) ? undefined : 'wrong-key';
  }

  /** Whether its agency said how it proves itself: by a key, or by the networks it comes from. */
  mustProve(device: AgencyDevice): boolean {
    return this.#saidOf(device).some((said) => said.networks.length > 0 || hashesOf(said, Date.now()).length > 0);
  }

  /**
   * Told after each change, so that what a device has open can be asked about again: of a Traccar server it concerns all it
   * speaks for, and a key that runs out by itself is no change. Answers a function that ends it.
   */
  onChange(listener: ProofListener): () => void {
    const ends = [...this.#credentials.entries()].map(([city, credentials]) =>
      credentials.onChange((key) => {
        listener(key, city);
      }),
    );
    return () => {
      for (const end of ends) end();
    };
  }

  #saidOf(device: AgencyDevice): readonly DeviceCredentialsChanged[] {
    const server = { ...traccarServer, agency: device.agency };
    const names = device.protocol === 'traccar' ? [device, server] : [device];
    const credentials = this.#credentials.here;
    return names.flatMap((name) => credentials.get(agencyDeviceKey(name)) ?? []);
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
