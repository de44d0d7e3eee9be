import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { createLogger, MessagesUnderWay, Outgoing, signedHeaders } from '@siaga/service';
import { Store, Timers } from '@siaga/store';
import { deliveries, type StoredDelivery } from './webhook-document.ts';
import { nextTry } from './webhook-rules.ts';
import { WebhooksStore } from './webhooks.store.ts';

const log = createLogger('webhooks');

/** An address that takes longer is tried again. */
const WITHIN_MS = 10_000;

/** No room for it now. */
const LATER_MS = 1000;

/**
 * Sends what waits. A timer sets the next try first and only begins this one: what is cut off by a crash is tried again
 * under the same id, and an address that hangs holds up no timer of the city.
 */
@Injectable()
export class Deliveries implements OnApplicationShutdown {
  readonly #underWay = new MessagesUnderWay();

  constructor(
    private readonly webhooks: WebhooksStore,
    private readonly outgoing: Outgoing,
    store: Store,
    timers: Timers,
  ) {
    timers.onDue(deliveries, async (delivery) => {
      const nowMs = Date.now();
      if (!this.#underWay.hasRoom(delivery.webhookId)) return { change: { $set: { wakeAtMs: nowMs + LATER_MS } } };
      const wakeAtMs = nextTry(delivery, nowMs);
      if (wakeAtMs === undefined) {
        log.warn({ webhookId: delivery.webhookId, attempts: delivery.attempts }, 'nobody took a message for a day');
        await store.remove(deliveries, { _id: delivery._id });
        return undefined;
      }
      this.begin(delivery);
      return { change: { $set: { wakeAtMs }, $inc: { attempts: 1 } } };
    });
  }

  /** What is on its way is called off, and tried again after the start. */
  onApplicationShutdown(): Promise<void> {
    return this.#underWay.end();
  }

  private begin(delivery: StoredDelivery): void {
    const send = (signal: AbortSignal) => this.try(delivery, signal);
    this.#underWay.begin(delivery.webhookId, send, (error) => {
      log.warn({ err: error }, 'a message is tried again later');
    });
  }

  private async try(delivery: StoredDelivery, signal: AbortSignal): Promise<void> {
    const { _id: id, body, webhookId } = delivery;
    const webhook = await this.webhooks.withSecret(webhookId);
    if (webhook?.secret === undefined) return;
    const headers = signedHeaders({ id, body, secret: webhook.secret }, Date.now());
    const refusal = await this.outgoing.post({ url: webhook.url, headers, body, withinMs: WITHIN_MS, signal }).then(
      ({ status }) =>
        status >= 200 && status < 300 ? undefined : `menjawab ${String(status)} · answered ${String(status)}`,
      (error: unknown) => (error instanceof Fault ? error.message : 'gagal · failed'),
    );
    if (refusal !== undefined && signal.aborted) return;
    if (refusal === undefined) await this.webhooks.taken(delivery, Date.now());
    else await this.webhooks.notTaken(delivery, { atMs: Date.now(), detail: refusal.slice(0, 300) });
  }
}
