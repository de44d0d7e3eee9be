import type { CrewMessages, PushTarget } from '@siaga/contracts';
import { defineCollection, type Stored } from '@siaga/store';
import type { KeyPair } from './web-push.ts';

/** The city's key pair for push services: one document, made once, for ever. */
export const pushKeys = defineCollection<KeyPair>({
  name: 'emergency_push_keys',
  fields: {
    publicKey: { type: String, required: true },
    privateKey: { type: String, required: true, select: false },
  },
});

export interface SubscriptionDocument extends PushTarget {
  principalId: string;
  /** In which he subscribed: when it is ended anywhere, this phone is nobody's. */
  sessionId?: string | undefined;
  createdAtMs: number;
  /** Somebody who does not open the app for so long does not ride any more. */
  expiresAt: Date;
}

/** Phones that ring while their page is closed; `_id` is a hash of the endpoint. */
export const subscriptions = defineCollection<SubscriptionDocument>({
  name: 'emergency_push_subscriptions',
  fields: {
    principalId: { type: String, required: true },
    sessionId: String,
    endpoint: { type: String, required: true },
    keys: { type: Object, required: true },
    createdAtMs: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'principal', fields: { principalId: 1 } },
    { name: 'expires', fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
});
export type StoredSubscription = Stored<SubscriptionDocument>;

export interface CrewMessagesDocument extends Pick<CrewMessages, 'channel' | 'url'> {
  deliveredAtMs?: number | undefined;
  failure?: CrewMessages['failure'] | undefined;
  /** `whsec_…`; read only to sign with. */
  secret?: string;
}

/** The address that writes to crews: one document at most. */
export const crewMessages = defineCollection<CrewMessagesDocument>({
  name: 'emergency_crew_messages',
  fields: {
    channel: { type: String, required: true },
    url: { type: String, required: true },
    deliveredAtMs: Number,
    failure: { type: Object, default: undefined },
    secret: { type: String, required: true, select: false },
  },
});

/** One device, or number, of a crew that is told of one assignment. */
export interface AlertDocument {
  channel: 'push' | CrewMessages['channel'];
  /** Of a push: the subscriptionId; of a message: a hash of its number. */
  to: string;
  unitId: string;
  unitName: string;
  assignmentId: string;
  /** Of a message, until it was taken or given up. */
  number?: string | undefined;
  sentAtMs: number;
  /** Nobody tries any more from then on. */
  untilMs: number;
  attempts: number;
  /** Why the last try failed. */
  failure?: string | undefined;
  isOver: boolean;
  exercise: boolean;
  /** Then it leaves: so long a repeat of the same dispatch finds that it rang. */
  expiresAt: Date;
}

/** Alerts under way, and those that are over; `_id` is assignment, channel and device. */
export const alerts = defineCollection<AlertDocument>({
  name: 'emergency_alerts',
  fields: {
    channel: { type: String, required: true },
    to: { type: String, required: true },
    unitId: { type: String, required: true },
    unitName: { type: String, required: true },
    assignmentId: { type: String, required: true },
    number: String,
    sentAtMs: { type: Number, required: true },
    untilMs: { type: Number, required: true },
    attempts: { type: Number, required: true },
    failure: String,
    isOver: { type: Boolean, required: true },
    exercise: { type: Boolean, required: true },
    expiresAt: { type: Date, required: true },
  },
  indexes: [
    { name: 'assignment', fields: { assignmentId: 1 } },
    { name: 'expires', fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
});
export type StoredAlert = Stored<AlertDocument>;
