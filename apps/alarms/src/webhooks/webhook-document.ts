import type { AlarmWebhook } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';

export interface WebhookDocument extends Pick<
  AlarmWebhook,
  'name' | 'url' | 'agency' | 'leastSeverity' | 'by' | 'createdAtMs'
> {
  hours?: AlarmWebhook['hours'] | undefined;
  deliveredAtMs?: number | undefined;
  failure?: AlarmWebhook['failure'] | undefined;
  /** `whsec_` and 32 random bytes in base64; read only to sign with. */
  secret?: string;
}

/** Addresses that are told of alarms; `_id` is the webhookId. */
export const webhooks = defineCollection<WebhookDocument>({
  name: 'alarms_webhooks',
  fields: {
    name: { type: String, required: true },
    url: { type: String, required: true },
    agency: { type: String, required: true },
    leastSeverity: { type: String, required: true },
    hours: { type: Object, default: undefined },
    by: { type: String, required: true },
    createdAtMs: { type: Number, required: true },
    deliveredAtMs: Number,
    failure: { type: Object, default: undefined },
    secret: { type: String, required: true, select: false },
  },
  indexes: [{ name: 'agency', fields: { agency: 1 } }],
});

export type StoredWebhook = Stored<WebhookDocument>;

export interface DeliveryDocument {
  webhookId: string;
  /** JSON as it is sent: the same on every try. */
  body: string;
  firstAtMs: number;
  attempts: number;
  /** Some days after the first try it leaves, whatever became of it. */
  expiresAt: Date;
}

/** Messages that wait to be taken; `_id` is the `webhook-id`. One that was taken leaves. */
export const deliveries = defineCollection<DeliveryDocument>({
  name: 'alarms_deliveries',
  fields: {
    webhookId: { type: String, required: true },
    body: { type: String, required: true },
    firstAtMs: { type: Number, required: true },
    attempts: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'webhook', fields: { webhookId: 1 } },
    { name: 'expires', fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
});

export type StoredDelivery = Stored<DeliveryDocument>;
