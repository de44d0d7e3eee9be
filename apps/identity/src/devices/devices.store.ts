import { Injectable } from '@nestjs/common';
import {
  agencyDeviceKey,
  Fault,
  type AgencyDevice,
  type ChangeDeviceCredentials,
  type DeviceCredentials,
  type InputOf,
  type ListDeviceCredentials,
} from '@siaga/contracts';
import { hashOfKey, mayManage, newDeviceKey, scopeOf } from '@siaga/identity';
import type { Principal } from '@siaga/service';
import { Store, trusted, type OnceKey } from '@siaga/store';
import { devices, type DeviceDocument, type StoredDevice } from './device-document.ts';

/** A phone in a truck that is out gets its new key when it is back. */
const OVERLAP_MS = 24 * 3_600_000;

/** Two administrators at the same device at once are heard one after the other. */
const MOST_TRIES = 5;

type Wanted = InputOf<typeof ChangeDeviceCredentials>['body'];

/** What becomes of a device's document. */
interface Change {
  set: Partial<DeviceDocument>;
  unset?: 'previous';
}

/** Keys, networks and blocks of an agency's devices, for its administrators; another agency's are not there for them. */
@Injectable()
export class DevicesStore {
  constructor(private readonly store: Store) {}

  /** Those the caller administers, in the order of their keys; `q` searches agency, protocol and id. */
  async page(admin: Principal, { limit, after, q }: InputOf<typeof ListDeviceCredentials>['query']) {
    const search = { text: q, fields: ['_id'] };
    const page = await this.store.page(devices, { where: withinScope(admin), search, limit, after });
    return { ...page, items: page.items.map(credentialsOf) };
  }

  /** Throws `not-found`, with the same words for what is another agency's and for what nobody said anything of. */
  async get(admin: Principal, device: AgencyDevice): Promise<DeviceCredentials> {
    refuseForeign(admin, device);
    const found = await this.store.find(devices, agencyDeviceKey(device));
    if (found === undefined) throw unknownDevice();
    return credentialsOf(found);
  }

  /**
   * A new key, told here and never again. The one before counts on for a day, one before that no more; while the device
   * is blocked none is carried on, so that a key in wrong hands can be got rid of at once.
   */
  async issueKey(admin: Principal, device: AgencyDevice): Promise<{ key: string; device: DeviceCredentials }> {
    refuseForeign(admin, device);
    const key = newDeviceKey();
    const kept = await this.#putAnyway(device, (before) => {
      const keyIssuedAtMs = Date.now();
      const set = { keyHash: hashOfKey(key), keyIssuedAtMs };
      if (before?.keyHash === undefined || before.blocked) return { set, unset: 'previous' };
      return { set: { ...set, previous: { keyHash: before.keyHash, untilMs: keyIssuedAtMs + OVERLAP_MS } } };
    });
    return { key, device: credentialsOf(kept) };
  }

  /**
   * Changes a device that is still as it was read; what is left out stays as it is. Throws `not-found` like {@link get},
   * `conflict` when somebody was faster. A block alone waits for no version: what is to fall silent must not win by
   * being changed all the time.
   */
  async change(
    admin: Principal,
    device: AgencyDevice,
    { body, once }: { body: Wanted; once?: OnceKey | undefined },
  ): Promise<DeviceCredentials> {
    refuseForeign(admin, device);
    const { version, networks, blocked } = body;
    if (blocked === true && networks === undefined)
      return credentialsOf(await this.#putAnyway(device, () => ({ set: { blocked } }), once));
    const set = { ...(networks === undefined ? {} : { networks }), ...(blocked === undefined ? {} : { blocked }) };
    if (version > 0 && (await this.store.find(devices, agencyDeviceKey(device))) === undefined) throw unknownDevice();
    const changed = await this.#put(device, version, { change: { set }, once });
    if (changed === undefined) throw changedMeanwhile();
    return credentialsOf(changed);
  }

  /** Changes a device however it is; the change is made anew from each reading. */
  async #putAnyway(
    device: AgencyDevice,
    changeOf: (before: StoredDevice | undefined) => Change,
    once?: OnceKey,
  ): Promise<StoredDevice> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await this.store.find(devices, agencyDeviceKey(device));
      const after = await this.#put(device, before?.version ?? 0, { change: changeOf(before), once });
      if (after !== undefined) return after;
    }
    throw changedMeanwhile();
  }

  /** At this version, 0 for one of which nothing is said yet; undefined when it has another. */
  #put(device: AgencyDevice, version: number, { change, once }: { change: Change; once?: OnceKey | undefined }) {
    if (version === 0) return this.#begin(device, change, once);
    const { set, unset } = change;
    return this.store.change(devices, {
      where: { _id: agencyDeviceKey(device), version },
      change: { $set: set, ...(unset === undefined ? {} : { $unset: { [unset]: 1 } }) },
      ...(once && { once }),
    });
  }

  async #begin(device: AgencyDevice, { set }: Change, once?: OnceKey): Promise<StoredDevice | undefined> {
    const { agency, protocol, deviceId } = device;
    const fresh = { agency, protocol, deviceId, networks: [], blocked: false };
    try {
      return await this.store.create(devices, { _id: agencyDeviceKey(device), ...fresh, ...set }, once && { once });
    } catch (error) {
      if (error instanceof Fault && error.kind === 'conflict') return undefined;
      throw error;
    }
  }
}

/** Whose device it is, is said by its name: of another agency's nobody learns whether it is there. */
function refuseForeign(admin: Principal, { agency }: AgencyDevice): void {
  if (!mayManage(admin, { agencies: [agency], roles: [] })) throw unknownDevice();
}

const unknownDevice = () => new Fault('not-found', 'perangkat ini tidak ada · there is no such device');

const changedMeanwhile = () =>
  new Fault(
    'conflict',
    'baru saja diubah orang lain: lihat lagi, lalu ulangi · changed meanwhile: look again, then repeat',
  );

/** The part of a query that finds what somebody administers, by the same rule. */
function withinScope(admin: Principal): Record<string, unknown> {
  const scope = scopeOf(admin);
  if (scope === 'everybody') return {};
  return scope === 'nobody' ? { agency: '' } : { agency: trusted({ $nin: [...scope.foreignAgencies] }) };
}

function credentialsOf(device: StoredDevice): DeviceCredentials {
  const { agency, protocol, deviceId, keyHash, keyIssuedAtMs, previous, networks, blocked, version } = device;
  return {
    ...{ agency, protocol, deviceId, hasKey: keyHash !== undefined, networks, blocked, version },
    ...(keyIssuedAtMs === undefined ? {} : { keyIssuedAtMs }),
    ...(previous === undefined || previous.untilMs <= Date.now() ? {} : { previousKeyUntilMs: previous.untilMs }),
  };
}
