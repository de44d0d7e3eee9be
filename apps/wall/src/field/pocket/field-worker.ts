// nothing that the page imports, too: what both use becomes a file of its own, and a worker of this kind imports none
import { closeBefore, noticeOf } from './push-notice.ts';
import type { WorkerScope } from './worker-scope.ts';

/**
 * The worker of `/field`: rings while the page is closed, and opens the page where there is no network. It keeps what the
 * page is made of, as the page names it, and nothing of what the city answers: what the page needs of it where there is no network, it keeps itself, with its age.
 */
const scope = globalThis as unknown as WorkerScope;
const PAGE = '/field';
const KEPT = 'siaga-field';
/** On a poor network the kept page comes after so long, ms, and asks by itself from then on. */
const PATIENCE_MS = 4000;

scope.addEventListener('install', (event) => {
  // a new one has nothing to wait for: it serves what the page before it kept
  event.waitUntil(scope.skipWaiting());
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(page());
  else if (isPart(pathname)) event.respondWith(part(request));
});

/** What the page says it is made of, as paths: kept, and what no page is made of any more is let go. */
scope.addEventListener('message', (event) => {
  const parts = Array.isArray(event.data) ? event.data.filter((one) => typeof one === 'string') : [];
  if (parts.length > 0) event.waitUntil(keep(new Set(parts)));
});

scope.addEventListener('push', (event) => {
  const { title, options } = noticeOf(event.data);
  event.waitUntil(show(title, options));
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/** First what is new, then away with what it takes the place of: a browser wants to see a notice for each push. */
async function show(title: string, options: NotificationOptions): Promise<void> {
  const { registration } = scope;
  await registration.showNotification(title, options);
  closeBefore(await registration.getNotifications(), { tag: options.tag ?? '', data: options.data as unknown });
}

/** Files whose names change with what is in them. */
const isPart = (pathname: string) => pathname.startsWith('/assets/');

async function page(): Promise<Response> {
  const asked = await fetch(PAGE, { credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (error: unknown) => error,
  );
  // behind a proxy a city that is away answers all the same, and has nothing to say
  if (asked instanceof Response && asked.status < 500) return asked;
  const before = await kept(PAGE);
  if (before !== undefined) return before;
  if (asked instanceof Response) return asked;
  throw asked;
}

async function part(request: Request): Promise<Response> {
  return (await kept(request.url)) ?? fetch(request);
}

/** Undefined also where the phone is full and lets nobody look. */
async function kept(address: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(KEPT)).match(address);
  } catch {
    return undefined;
  }
}

/** A page and its parts are of one version: kept together, and the one before goes only then. */
async function keep(parts: ReadonlySet<string>): Promise<void> {
  const answer = await fetch(PAGE, { credentials: 'same-origin' });
  const named = (await answer.clone().text()).match(/\/assets\/[^"'\s]+/g) ?? [];
  // upgraded since the page was opened: it is kept when it is opened next
  if (!answer.ok || named.length === 0 || !named.every((path) => parts.has(path))) return;
  const cache = await caches.open(KEPT);
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await cache.addAll([...parts].filter((path) => isPart(path) && !paths.includes(path)));
  await cache.put(PAGE, answer);
  const gone = paths.filter((path) => path !== PAGE && !parts.has(path));
  await Promise.all(gone.map((path) => cache.delete(path)));
}

async function open(): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === PAGE);
  await (there === undefined ? scope.clients.openWindow(PAGE) : there.focus());
}
