import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { createLogger, Outgoing } from '@siaga/service';
import { Store, Timers } from '@siaga/store';
import { deliveries, type StoredDelivery } from './webhook-document.ts';
import { nextTry, signedHeaders } from './webhook-rules.ts';
import { WebhooksStore } from './webhooks.store.ts';

const log = createLogger('webhooks');

/** An address that takes longer is tried again. */
const WITHIN_MS = 10_000;

/** At a time to one address, and to all of them: one that hangs must not keep the others waiting. */
const MOST_TO_ONE = 4;
const MOST = 64;

/** No room for it now. */
const LATER_MS = 1000;

/**
 * Sends what waits. A timer sets the next try first and only begins this one: what is cut off by a crash is tried again
 * under the same id, and an address that hangs holds up no timer of the city.
 */
@Injectable()
export class Deliveries implements OnApplicationShutdown {
  readonly #underWay = new Map<Promise<void>, string>();
  readonly #closing = new AbortController();

  constructor(
    private readonly webhooks: WebhooksStore,
    private readonly outgoing: Outgoing,
    store: Store,
    timers: Timers,
  ) {
    timers.onDue(deliveries, async (delivery) => {
      const nowMs = Date.now();
      if (!this.hasRoom(delivery.webhookId)) return { change: { $set: { wakeAtMs: nowMs + LATER_MS } } };
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
  async onApplicationShutdown(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#underWay.keys());
  }

  private hasRoom(webhookId: string): boolean {
    const toOne = [...this.#underWay.values()].filter((to) => to === webhookId).length;
    return toOne < MOST_TO_ONE && this.#underWay.size < MOST;
  }

  private begin(delivery: StoredDelivery): void {
    const trying = this.try(delivery)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a message is tried again later');
      })
      .finally(() => this.#underWay.delete(trying));
    this.#underWay.set(trying, delivery.webhookId);
  }

  private async try(delivery: StoredDelivery): Promise<void> {
    const { _id: id, body, webhookId } = delivery;
    const webhook = await this.webhooks.withSecret(webhookId);
    if (webhook?.secret === undefined) return;
    const headers = signedHeaders({ id, body, secret: webhook.secret }, Date.now());
    const { signal } = this.#closing;
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
