import { Injectable } from '@nestjs/common';
import { belongsTo, deviceKey, Fault, traccarServer, type DeviceCredentials, type DeviceRef } from '@siaga/contracts';
import { hashOfKey, newDeviceKey } from '@siaga/identity';
import { currentContext, type Principal } from '@siaga/service';
import { Store } from '@siaga/store';
import { devices, type DeviceDocument, type StoredDevice } from './device-document.ts';

/** A phone in a truck that is out gets its new key when it is back. */
const OVERLAP_MS = 24 * 3_600_000;

/** Two administrators at the same device at once are heard one after the other. */
const MOST_TRIES = 5;

/** What becomes of a device's document; made anew from each one that is read. */
type Change = (before: StoredDevice | undefined) => { set: Partial<DeviceDocument>; unset?: 'previous' };

/** Keys, networks and blocks of devices, for the administrators of the agencies that began with them. */
@Injectable()
export class DevicesStore {
  constructor(private readonly store: Store) {}

  /** Those the caller administers, in the order of their keys. */
  async list(): Promise<DeviceCredentials[]> {
    const { principal } = currentContext();
    const found = await this.store.of(devices).find().sort({ _id: 1 }).lean<StoredDevice[]>();
    return found.filter(({ agencies }) => belongsTo(principal, agencies)).map(credentialsOf);
  }

  /**
   * A new key, told here and never again. The one before counts on for a day, one before that no more; while the device
   * is blocked none is carried on, so that a key in wrong hands can be got rid of at once.
   */
  async issueKey(device: DeviceRef): Promise<{ key: string; device: DeviceCredentials }> {
    const key = newDeviceKey();
    const kept = await this.#put(device, (before) => {
      const keyIssuedAtMs = Date.now();
      const set = { keyHash: hashOfKey(key), keyIssuedAtMs };
      if (before?.keyHash === undefined || before.blocked) return { set, unset: 'previous' };
      return { set: { ...set, previous: { keyHash: before.keyHash, untilMs: keyIssuedAtMs + OVERLAP_MS } } };
    });
    return { key, device: credentialsOf(kept) };
  }

  /** What is left out stays as it is. */
  async change(
    device: DeviceRef,
    { networks, blocked }: { networks?: string[] | undefined; blocked?: boolean | undefined },
  ): Promise<DeviceCredentials> {
    const set = { ...(networks === undefined ? {} : { networks }), ...(blocked === undefined ? {} : { blocked }) };
    return credentialsOf(await this.#put(device, () => ({ set })));
  }

  async #put(device: DeviceRef, change: Change): Promise<StoredDevice> {
    const { principal } = currentContext();
    refuseServer(device, principal);
    const id = deviceKey(device);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await this.store.find(devices, id);
      if (before !== undefined && !belongsTo(principal, before.agencies))
        throw new Fault('not-found', `perangkat ${id} tidak ada · no such device`);
      const after = await (before === undefined ? this.#begin(device, change) : this.#change(before, change));
      if (after !== undefined) return after;
    }
    throw new Fault('conflict', `${id} sedang diubah orang lain, coba lagi · somebody else is changing this device`);
  }

  /** Whoever says the first word of a device administers it from then on. */
  async #begin(device: DeviceRef, change: Change): Promise<StoredDevice | undefined> {
    const { roles, agencies } = currentContext().principal;
    const owners = roles.includes('city-admin') ? (['command'] as const) : agencies;
    const { protocol, deviceId } = device;
    const fresh = { protocol, deviceId, agencies: [...owners], networks: [], blocked: false };
    try {
      return await this.store.create(devices, { _id: deviceKey(device), ...fresh, ...change(undefined).set });
    } catch (error) {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    }
  }

  #change(before: StoredDevice, change: Change): Promise<StoredDevice | undefined> {
    const { set, unset } = change(before);
    return this.store.change(devices, {
      where: { _id: before._id, version: before.version },
      change: { $set: set, ...(unset === undefined ? {} : { $unset: { [unset]: 1 } }) },
    });
  }
}

/** What is said of a Traccar server holds for devices of every agency. */
function refuseServer(device: DeviceRef, { roles }: Principal): void {
  if (deviceKey(device) === deviceKey(traccarServer) && !roles.includes('city-admin'))
    throw new Fault(
      'forbidden',
      'kunci server Traccar berlaku untuk semua OPD: minta admin kota · only for a city administrator',
    );
}

function credentialsOf(device: StoredDevice): DeviceCredentials {
  const { protocol, deviceId, keyHash, keyIssuedAtMs, previous, networks, blocked, version } = device;
  return {
    ...{ protocol, deviceId, hasKey: keyHash !== undefined, networks, blocked, version },
    ...(keyIssuedAtMs === undefined ? {} : { keyIssuedAtMs }),
    ...(previous === undefined || previous.untilMs <= Date.now() ? {} : { previousKeyUntilMs: previous.untilMs }),
  };
}
