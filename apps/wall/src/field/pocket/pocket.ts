import { GetPushKey, SubscribePush, UnsubscribePush, PushTarget } from '@siaga/contracts';
import { call } from '../../city/api.ts';
import { pocketOf, type Pocket } from './pocket-state.ts';
import { closeAllBut } from './stale-notices.ts';

const WORKER = '/field-worker.js';
const SCOPE = '/field';
/** Which subscription this phone is, as the city named it. */
const remembered = 'siaga.push-subscription';

/** Registers the worker and tells it what this page is made of, so that the page opens without a network from then on. */
export async function installWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  active?.postMessage(parts.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname));
}

/** Whether this phone rings while its page is closed, or why it does not. */
export async function pocketNow(): Promise<Pocket> {
  const subscription = await current();
  return pocketOf({
    isSecure: isSecureContext,
    hasPush: 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis,
    isApple: /iPhone|iPad/.test(navigator.userAgent),
    permission: 'Notification' in globalThis ? Notification.permission : 'denied',
    isSubscribed: subscription !== null,
  });
}

/** Asks whoever holds the phone, the browser's push service and the city, in this order. */
export async function ringHere(): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return;
  const { publicKey } = await call(GetPushKey, {});
  await subscribed(publicKey);
  await tellCity();
}

async function subscribed(applicationServerKey: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

const base64url = (bytes: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Says again where this phone is rung: a city restored from its backup, or another person on it, knows it from then on. */
export async function tellCity(): Promise<void> {
  const before = await current();
  if (before === null) return;
  const { publicKey } = await call(GetPushKey, {});
  const isOurs = base64url(before.options.applicationServerKey) === publicKey;
  // of another city, or of this one before its backup was restored: its push service takes nothing from us
  if (!isOurs) await before.unsubscribe();
  const subscription = isOurs ? before : await subscribed(publicKey);
  const { subscriptionId } = await call(SubscribePush, { body: PushTarget.parse(subscription.toJSON()) });
  localStorage.setItem(remembered, subscriptionId);
}

/** From the browser's push service first: it rings no more, whatever the city hears of it. */
export async function ringNoMore(): Promise<void> {
  await (await current())?.unsubscribe();
  const subscriptionId = localStorage.getItem(remembered);
  if (subscriptionId === null) return;
  localStorage.removeItem(remembered);
  await call(UnsubscribePush, { params: { subscriptionId } });
}

/** Leaves on the lock screen only the job that nobody has accepted yet, if there is one. */
export async function closeNotices(assignmentId: string | undefined): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  // not every browser that has a worker has notices
  if (registration === undefined || !('getNotifications' in registration)) return;
  closeAllBut(await registration.getNotifications(), assignmentId);
}

async function current(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis)) return null;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await registration?.pushManager.getSubscription()) ?? null;
}
