import { Injectable } from '@nestjs/common';
import { Fault, type PushNotice } from '@siaga/contracts';
import { LogStanding } from '@siaga/identity';
import { currentContext, Outgoing } from '@siaga/service';
import type { StoredAlert, StoredSubscription } from './alert-documents.ts';
import { PushContact } from './push-contact.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';
import { isFinal, refusalOf, WITHIN_MS, type Try } from './tries.ts';
import { encrypted, vapidOf } from './web-push.ts';

/** A push service keeps it so long for a phone that is out of reach, s: later the desk has acted. */
const TTL_S = 120;

const notSubscribed = 'telepon tidak lagi terdaftar · the phone is not subscribed any more';

/** Rings one phone by the push service of its browser. */
@Injectable()
export class PushSender {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly standing: LogStanding,
    private readonly outgoing: Outgoing,
    private readonly contact: PushContact,
  ) {}

  async try(alert: StoredAlert, signal: AbortSignal): Promise<Try> {
    const subscription = await this.subscriptions.find(alert.to);
    if (subscription === undefined) return { why: notSubscribed, gone: true };
    if (!this.rides(subscription.principalId)) {
      await this.subscriptions.removeAllOf(subscription.principalId);
      return { why: 'akun diblokir atau bukan awak lagi · blocked, or no responder any more', gone: true };
    }
    const { status } = await this.post(alert, subscription, signal);
    if (status === 404 || status === 410) {
      await this.subscriptions.remove(subscription._id);
      return { why: `${notSubscribed} (${String(status)})`, gone: true };
    }
    const why = refusalOf(status);
    if (why === undefined) return 'taken';
    return isFinal(status) ? { why, gone: true } : { why };
  }

  private async post(alert: StoredAlert, { endpoint, keys }: StoredSubscription, signal: AbortSignal) {
    const pair = await this.subscriptions.keyPair();
    const { assignmentId, unitName, sentAtMs, exercise } = alert;
    const notice: PushNotice = { assignmentId, unitName, sentAtMs, ...(exercise ? { exercise } : {}) };
    const authorization = vapidOf(endpoint, pair, { ...this.contact.known, nowMs: Date.now() });
    return this.outgoing.post({
      url: endpoint,
      headers: {
        ...{ authorization, 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream' },
        // RFC 8030: waits for nothing, and replaces what the phone has not seen of the same assignment
        ...{ ttl: String(TTL_S), urgency: 'high', topic: assignmentId },
      },
      body: encrypted(JSON.stringify(notice), keys),
      withinMs: WITHIN_MS,
      signal,
    });
  }

  /** As the log says it now: who is in none of its words is what he was when he subscribed. */
  private rides(id: string): boolean {
    const { city } = currentContext();
    try {
      const asked = { id, kind: 'person', city, agencies: [], roles: ['responder'], exercise: false } as const;
      return this.standing.now(asked).roles.includes('responder');
    } catch (error) {
      if (error instanceof Fault && error.kind === 'unauthenticated') return false;
      throw error;
    }
  }
}
