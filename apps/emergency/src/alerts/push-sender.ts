import { Injectable } from '@nestjs/common';
import { Fault, type PushNotice } from '@siaga/contracts';
import { LogStanding } from '@siaga/identity';
import { currentContext } from '@siaga/service';
import type { StoredAlert, StoredSubscription } from './alert-documents.ts';
import type { Crew } from './alerts.store.ts';
import { PushServices } from './push-services.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';
import { isFinal, refusalOf, ridesNoMore, WITHIN_MS, type Try } from './tries.ts';
import { encrypted, vapidOf } from './web-push.ts';

const notSubscribed = 'telepon tidak lagi terdaftar · the phone is not subscribed any more';

/** Rings one phone by the push service of its browser. */
@Injectable()
export class PushSender {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly standing: LogStanding,
    private readonly pushes: PushServices,
  ) {}

  async try(alert: StoredAlert, crew: Crew, signal: AbortSignal): Promise<Try> {
    const subscription = await this.subscriptions.find(alert.to);
    if (subscription === undefined) return { why: notSubscribed, gone: true };
    if (!crew.some(({ principalId }) => principalId === subscription.principalId))
      return { why: ridesNoMore, gone: true };
    if (!this.mayStill(subscription)) {
      await this.subscriptions.remove(subscription._id);
      return {
        why: 'sesi ponsel berakhir atau akun diblokir · the session of the phone is over, or its person is blocked',
        gone: true,
      };
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
    const { assignmentId, unitName, sentAtMs, untilMs, exercise } = alert;
    const nowMs = Date.now();
    // a phone that comes back later rings for what the desk has settled otherwise
    const ttl = String(Math.max(0, Math.ceil((untilMs - nowMs) / 1000)));
    const notice: PushNotice = { assignmentId, unitName, sentAtMs, ...(exercise ? { exercise } : {}) };
    const authorization = vapidOf(endpoint, pair, { ...this.pushes.contact, nowMs });
    return this.pushes.outgoing.post({
      url: endpoint,
      headers: {
        ...{ authorization, 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream' },
        // RFC 8030: waits for nothing, and replaces what the phone has not seen of the same assignment
        ...{ ttl, urgency: 'high', topic: assignmentId },
      },
      body: encrypted(JSON.stringify(notice), keys),
      withinMs: WITHIN_MS,
      signal,
    });
  }

  /** As the log says it now: who is in none of its words is what he was when he subscribed. */
  private mayStill({ principalId: id, sessionId }: StoredSubscription): boolean {
    const { city } = currentContext();
    try {
      const asked = { id, kind: 'person', city, agencies: [], roles: ['responder'], exercise: false } as const;
      const now = this.standing.now({ ...asked, ...(sessionId !== undefined && { sessionId }) });
      return now.roles.includes('responder');
    } catch (error) {
      if (error instanceof Fault && error.kind === 'unauthenticated') return false;
      throw error;
    }
  }
}
