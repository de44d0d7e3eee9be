import { noticeOf } from './push-notice.ts';
import type { WorkerScope } from './worker-scope.ts';

/**
 * The worker of `/field`: rings while the page is closed, and opens the page where there is no network. It keeps what the
 * page is made of, as the page names it, and nothing of what the city answers: an old job would look like a new one.
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
  event.waitUntil(scope.registration.showNotification(title, options));
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/** Files whose names change with what is in them. */
const isPart = (pathname: string) => pathname.startsWith('/assets/');

async function page(): Promise<Response> {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(PAGE, { credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) await kept.put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    const before = await kept.match(PAGE);
    if (before === undefined) throw error;
    return before;
  }
}

async function part(request: Request): Promise<Response> {
  return (await (await caches.open(KEPT)).match(request.url)) ?? fetch(request);
}

async function keep(parts: ReadonlySet<string>): Promise<void> {
  const kept = await caches.open(KEPT);
  const paths = (await kept.keys()).map(({ url }) => new URL(url).pathname);
  const missing = [PAGE, ...parts].filter((path) => !paths.includes(path) && (path === PAGE || isPart(path)));
  await kept.addAll(missing);
  const gone = paths.filter((path) => path !== PAGE && !parts.has(path));
  await Promise.all(gone.map((path) => kept.delete(path)));
}

async function open(): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === PAGE);
  await (there === undefined ? scope.clients.openWindow(PAGE) : there.focus());
}
