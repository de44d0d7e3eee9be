import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { emergencyAgencies } from './emergency.ts';
import { EpochMs, label } from './shapes.ts';
import type { Role } from './role.ts';

const BySubscription = z.object({ subscriptionId: z.string().regex(/^[A-Za-z0-9-]{8,40}$/) });
/** Who rides: a desk has its own screens to be rung on. */
const crews: readonly Role[] = ['responder'];

/** Where a browser is reached while its page is closed, as its Push API gives it (W3C Push API, `PushSubscription.toJSON`). */
export const PushTarget = z.object({
  /** Address at the browser's own push service: whoever has it may ring the phone. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .meta({ class: 'personal' }),
  keys: z.object({
    /** Public key of the browser: P-256, uncompressed, base64url. */
    p256dh: z.string().regex(/^[\w-]{80,100}$/),
    /** 16 random bytes, base64url. */
    auth: z.string().regex(/^[\w-]{20,32}$/),
  }),
});
export type PushTarget = z.infer<typeof PushTarget>;

export const GetPushKey = defineRoute({
  name: 'emergency.push.key',
  summary:
    'The public key that a browser subscribes with (VAPID, RFC 8292): P-256, uncompressed, base64url. The same for the life of a city.',
  method: 'GET',
  path: '/api/emergency/push/key',
  answer: z.object({ publicKey: z.string() }),
  permission: crews,
});

export const SubscribePush = defineRoute({
  name: 'emergency.push.subscribe',
  summary:
    'This phone rings for its person’s units while its page is closed. The same endpoint again is the same subscription; it ends when the push service no longer knows it, when its person is blocked, or by itself.',
  method: 'POST',
  path: '/api/emergency/push/subscriptions',
  body: PushTarget,
  answer: BySubscription,
  status: 200,
  permission: crews,
});

export const UnsubscribePush = defineRoute({
  name: 'emergency.push.unsubscribe',
  summary: 'This phone rings no more while its page is closed.',
  method: 'DELETE',
  path: '/api/emergency/push/subscriptions/:subscriptionId',
  params: BySubscription,
  answer: z.object({ removed: z.literal(true) }),
  permission: crews,
});

/**
 * What a push carries, encrypted for its browser (RFC 8291), as JSON: nothing of a caller or of health, the phone asks
 * for the rest. A repeat under the same `assignmentId` replaces the notice and does not ring again.
 */
export const PushNotice = z.object({
  assignmentId: z.string(),
  unitName: z.string(),
  sentAtMs: EpochMs,
  /** Drawn: *LATIHAN*. */
  exercise: z.literal(true).optional(),
});
export type PushNotice = z.infer<typeof PushNotice>;

const CrewMessagesSettings = z.object({
  /** What the address makes of a message. */
  channel: z.enum(['sms', 'whatsapp']),
  /** Reached by HTTPS; an address inside the city's own network only where the installation allows it. */
  url: z.url({ protocol: /^https?$/ }).max(500),
});

/** The address that sends crews an SMS or a WhatsApp template when they do not answer the app. One a city. */
export const CrewMessages = CrewMessagesSettings.extend({
  deliveredAtMs: EpochMs.optional(),
  /** Why the last message was not taken; absent when it was. */
  failure: z.object({ atMs: EpochMs, detail: label(300) }).optional(),
});
export type CrewMessages = z.infer<typeof CrewMessages>;

export const SetCrewMessages = defineRoute({
  name: 'emergency.crew-messages.set',
  summary:
    'Crews that have not accepted after 10 s are written to by this address: number, unit name, assignment, in a signed message (Standard Webhooks, as alarms have it). Its secret is answered once. Setting it again makes a new secret.',
  method: 'PUT',
  path: '/api/emergency/crew-messages',
  body: CrewMessagesSettings,
  answer: z.object({ messages: CrewMessages, secret: z.string() }),
  permission: ['agency-admin'],
  agencies: emergencyAgencies,
  secret: true,
});

export const GetCrewMessages = defineRoute({
  name: 'emergency.crew-messages.get',
  summary:
    'Whether crews are written to, and how the last message fared. No `messages`: nobody has set an address. Only who keeps it is told more of the address than its host.',
  method: 'GET',
  path: '/api/emergency/crew-messages',
  answer: z.object({ messages: CrewMessages.optional() }),
  permission: ['agency-admin', 'supervisor', 'dispatcher'],
  agencies: emergencyAgencies,
});

export const RemoveCrewMessages = defineRoute({
  name: 'emergency.crew-messages.remove',
  summary: 'Crews are not written to any more, not even about what waits.',
  method: 'DELETE',
  path: '/api/emergency/crew-messages',
  answer: z.object({ removed: z.literal(true) }),
  permission: ['agency-admin'],
  agencies: emergencyAgencies,
});
