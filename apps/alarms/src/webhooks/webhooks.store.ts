import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Agency, AlarmWebhook, InputOf, RegisterAlarmWebhook } from '@siaga/contracts';
import { newWebhookSecret } from '@siaga/service';
import { defined, Store, trusted } from '@siaga/store';
import {
  deliveries,
  webhooks,
  type StoredDelivery,
  type StoredWebhook,
  type WebhookDocument,
} from './webhook-document.ts';
import { LONGEST_TRY_MS } from './webhook-rules.ts';

/** Addresses that are told of alarms, and what waits for them. */
@Injectable()
export class WebhooksStore {
  constructor(private readonly store: Store) {}

  /** The secret is in the answer, and nowhere else any more. */
  async register(
    settings: InputOf<typeof RegisterAlarmWebhook>['body'],
    by: string,
  ): Promise<{ webhook: StoredWebhook; secret: string }> {
    const secret = newWebhookSecret();
    const document: WebhookDocument = { ...settings, by, createdAtMs: Date.now() };
    const webhook = await this.store.create(webhooks, { ...defined(document), _id: randomUUID(), secret });
    return { webhook, secret };
  }

  find(webhookId: string): Promise<StoredWebhook | undefined> {
    return this.store.find(webhooks, webhookId);
  }

  /** Of these agencies; of all when absent. */
  list(agencies?: readonly Agency[]): Promise<StoredWebhook[]> {
    const where = agencies === undefined ? {} : { agency: trusted({ $in: agencies }) };
    return this.store
      .of(webhooks)
      .find(where as never)
      .sort({ _id: 1 })
      .lean<StoredWebhook[]>();
  }

  async withSecret(webhookId: string): Promise<StoredWebhook | undefined> {
    const found = await this.store
      .of(webhooks)
      .findOne({ _id: webhookId })
      .select('+secret')
      .lean<StoredWebhook | null>();
    return found ?? undefined;
  }

  async remove(webhookId: string): Promise<void> {
    await this.store.of(webhooks).deleteOne({ _id: webhookId });
    await this.store.of(deliveries).deleteMany({ webhookId });
  }

  waiting(webhookId: string): Promise<number> {
    return this.store.of(deliveries).countDocuments({ webhookId });
  }

  /** A message that is to be taken; the same one again is one. */
  async send(message: { id: string; webhookId: string; body: string }): Promise<void> {
    const { id, webhookId, body } = message;
    const nowMs = Date.now();
    const expiresAt = new Date(nowMs + 2 * LONGEST_TRY_MS);
    await this.store.createIfFree(deliveries, { _id: id, webhookId, body, firstAtMs: nowMs, attempts: 0, expiresAt, wakeAtMs: nowMs }); // prettier-ignore
  }

  async taken({ _id, webhookId }: StoredDelivery, atMs: number): Promise<void> {
    await this.store.remove(deliveries, { _id });
    const change = { $set: { deliveredAtMs: atMs }, $unset: { failure: 1 as const } };
    await this.store.change(webhooks, { where: { _id: webhookId }, change });
  }

  async notTaken({ webhookId }: StoredDelivery, failure: NonNullable<AlarmWebhook['failure']>): Promise<void> {
    await this.store.change(webhooks, { where: { _id: webhookId }, change: { $set: { failure } } });
  }
}
