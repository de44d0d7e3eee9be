import { z } from 'zod';
import { AlarmActor } from './alarm.ts';
import { AlarmSeverity } from './condition.ts';
import { defineRoute } from './define-route.ts';
import { Agency, EpochMs, label } from './shapes.ts';

const Count = z.number().int().min(0);
const ByWebhook = z.object({ webhookId: z.string().regex(/^[A-Za-z0-9-]{8,40}$/) });

/** Hours of city time: from 22 until 6 goes past midnight. */
const Hours = z
  .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(1).max(24) })
  .refine(({ from, until }) => from !== until, 'from and until differ');

const AlarmWebhookSettings = z.object({
  /** Who is told there: `Grup Telegram PJU`. */
  name: label(60),
  /** Reached by HTTPS; an address inside the city's own network only where the installation allows it. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  /** Whose alarms; of `command`: all of them. */
  agency: Agency,
  /** That and worse. */
  leastSeverity: AlarmSeverity,
  /** Absent: at any hour. */
  hours: Hours.optional(),
});

/** Somebody's address that is told of alarms: raised, worse, unanswered, over, back. */
export const AlarmWebhook = AlarmWebhookSettings.extend({
  webhookId: ByWebhook.shape.webhookId,
  by: AlarmActor,
  createdAtMs: EpochMs,
  /** Messages that were not taken yet and are tried again. */
  waiting: Count,
  deliveredAtMs: EpochMs.optional(),
  /** Why the last message was not taken; absent when it was. */
  failure: z.object({ atMs: EpochMs, detail: z.string().max(300) }).optional(),
});
export type AlarmWebhook = z.infer<typeof AlarmWebhook>;

export const RegisterAlarmWebhook = defineRoute({
  name: 'alarms.webhooks.register',
  summary:
    'An address that is told of alarms. Its secret is answered once: messages are signed with it as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`), tried again for 24 h, and may come twice under one id.',
  method: 'POST',
  path: '/api/alarms/webhooks',
  body: AlarmWebhookSettings,
  answer: z.object({ webhook: AlarmWebhook, secret: z.string() }),
  permission: ['agency-admin'],
  audit: ({ body }: { body: { agency: string } }) => [`alarm-webhooks:${body.agency}`],
  secret: true,
});

export const ListAlarmWebhooks = defineRoute({
  name: 'alarms.webhooks.list',
  summary: 'Addresses of the caller’s agencies, and how the last message fared.',
  method: 'GET',
  path: '/api/alarms/webhooks',
  answer: z.object({ items: z.array(AlarmWebhook) }),
  permission: ['agency-admin'],
});

export const RemoveAlarmWebhook = defineRoute({
  name: 'alarms.webhooks.remove',
  summary: 'Tells that address nothing any more, not even what waits.',
  method: 'DELETE',
  path: '/api/alarms/webhooks/:webhookId',
  params: ByWebhook,
  answer: z.object({ removed: z.literal(true) }),
  permission: ['agency-admin'],
});
