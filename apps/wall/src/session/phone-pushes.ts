/**
 * Whoever signs out is rung on this phone no more, and what rang is off its lock screen: its browser's push service forgets it
 * at once, and tells the city so when the city next tries.
 */
export async function endPushes(): Promise<void> {
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis)) return;
  const registrations = await navigator.serviceWorker.getRegistrations();
  const shown = await Promise.all(registrations.map((registration) => registration.getNotifications()));
  for (const notice of shown.flat()) notice.close();
  const subscriptions = await Promise.all(registrations.map(({ pushManager }) => pushManager.getSubscription()));
  for (const subscription of subscriptions) await subscription?.unsubscribe();
}
