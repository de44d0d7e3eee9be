import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PushTarget } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import { defined, setOrUnset, Store, trusted } from '@siaga/store';
import { pushKeys, subscriptions, type StoredSubscription } from './alert-documents.ts';
import { newKeyPair, type KeyPair } from './web-push.ts';

const KEPT_MS = 180 * 86_400_000;
/** A person's phones: the one that was opened longest ago goes for the next. */
const MOST = 5;
const CITY = 'vapid';

/** Phones of crews, and the key pair they are rung with. */
@Injectable()
export class SubscriptionsStore {
  constructor(private readonly store: Store) {}

  /** The city's key pair; whoever asks first makes it. */
  async keyPair(): Promise<KeyPair> {
    const known = await this.store.of(pushKeys).findOne({ _id: CITY }).select('+privateKey').lean<KeyPair | null>();
    if (known !== null) return known;
    const made = await this.store.createIfFree(pushKeys, { _id: CITY, ...newKeyPair() });
    return made ?? this.keyPair();
  }

  /** Rings for this person from now on, whoever's phone it was before. Answers the subscriptionId. */
  async put({ endpoint, keys }: PushTarget, { id: principalId, sessionId }: Principal): Promise<string> {
    const nowMs = Date.now();
    const _id = createHash('sha256').update(endpoint).digest('hex').slice(0, 32);
    const fields = { principalId, sessionId, endpoint, keys, expiresAt: new Date(nowMs + KEPT_MS) };
    const renewed = await this.store.change(subscriptions, { where: { _id }, change: setOrUnset(fields) });
    if (renewed === undefined)
      await this.store.createIfFree(subscriptions, { _id, ...defined(fields), createdAtMs: nowMs });
    const beyond = (await this.of([principalId]))
      .toSorted((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime())
      .slice(MOST);
    for (const old of beyond.filter((one) => one._id !== _id)) await this.remove(old._id);
    return _id;
  }

  find(subscriptionId: string): Promise<StoredSubscription | undefined> {
    return this.store.find(subscriptions, subscriptionId);
  }

  /** Of these people. */
  of(principalIds: readonly string[]): Promise<StoredSubscription[]> {
    const where = { principalId: trusted({ $in: principalIds }) } as never;
    return this.store.of(subscriptions).find(where).sort({ _id: 1 }).lean<StoredSubscription[]>();
  }

  async remove(subscriptionId: string): Promise<void> {
    await this.store.remove(subscriptions, { _id: subscriptionId });
  }

  /** Removes one only where it is this person's. */
  async removeOf(principalId: string, subscriptionId: string): Promise<void> {
    await this.store.remove(subscriptions, { _id: subscriptionId, principalId });
  }

  async removeAllOf(principalId: string): Promise<void> {
    await this.store.of(subscriptions).deleteMany({ principalId });
  }
}
