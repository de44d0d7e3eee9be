import { pushId } from '../../text/push-words.ts';

/** TypeScript's own lacks what phones have. */
type PhoneNotice = NotificationOptions & { vibrate: readonly number[]; timestamp?: number };

/** Of a notice: its tag is its job, and whose it is stands with it. */
type Shown = Pick<Notification, 'tag' | 'data' | 'close'>;

/** Where nothing is known of a job: the next one of that kind takes its place. */
const UNKNOWN = 'siaga';

/**
 * What the phone shows of a push. Under the tag of its job a repeat takes the place of the first and is quiet; what cannot be
 * read rings all the same: somebody wants something.
 */
export function noticeOf(data: { json(): unknown } | null): { title: string; options: PhoneNotice } {
  const { assignmentId, unitName: unit, sentAtMs, exercise } = read(data);
  const unitName = typeof unit === 'string' ? unit : undefined;
  const atMs = typeof sentAtMs === 'number' && Number.isFinite(sentAtMs) ? sentAtMs : undefined;
  return {
    title: exercise === true ? pushId.exercise : pushId.title,
    options: {
      // a notice outlives its job on a lock screen: it says of when it is
      body: pushId.body(unitName, atMs === undefined ? undefined : timeOf(atMs)),
      ...(atMs !== undefined && { timestamp: atMs }),
      ...(unitName !== undefined && { data: { unitName } }),
      tag: typeof assignmentId === 'string' ? assignmentId : UNKNOWN,
      requireInteraction: true,
      vibrate: [400, 200, 400, 200, 400],
      icon: '/siaga-192.png',
      badge: '/siaga-192.png',
      lang: 'id',
    },
  };
}

/** `19.12` by the phone's own zone: the worker has asked nobody for the city's, and the crew is in it. */
function timeOf(epochMs: number): string {
  const at = new Date(epochMs);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join('.');
}

function read(data: { json(): unknown } | null): Record<string, unknown> {
  try {
    return { ...(data?.json() as object) };
  } catch {
    return {};
  }
}

/** A unit has one job at a time: what was called for the same one before is over when the next job is. */
export function closeBefore(shown: readonly Shown[], next: Pick<Shown, 'tag' | 'data'>): void {
  const unitName = unitOf(next.data);
  if (unitName === undefined) return;
  for (const notice of shown) if (notice.tag !== next.tag && unitOf(notice.data) === unitName) notice.close();
}

function unitOf(data: unknown): string | undefined {
  const { unitName } = { ...(data as { unitName?: unknown }) };
  return typeof unitName === 'string' ? unitName : undefined;
}
