import { pushId } from '../../text/push-words.ts';

/** TypeScript's own lacks what phones have. */
type PhoneNotice = NotificationOptions & { vibrate: readonly number[] };

/** Where nothing is known of a job: the next one of that kind takes its place. */
const UNKNOWN = 'siaga';

/**
 * What the phone shows of a push. Under the tag of its job a repeat takes the place of the first and is quiet; what cannot be
 * read rings all the same: somebody wants something.
 */
export function noticeOf(data: { json(): unknown } | null): { title: string; options: PhoneNotice } {
  const { assignmentId, unitName, exercise } = read(data);
  return {
    title: exercise === true ? pushId.exercise : pushId.title,
    options: {
      body: pushId.body(typeof unitName === 'string' ? unitName : undefined),
      tag: typeof assignmentId === 'string' ? assignmentId : UNKNOWN,
      requireInteraction: true,
      vibrate: [400, 200, 400, 200, 400],
      icon: '/siaga-192.png',
      badge: '/siaga-192.png',
      lang: 'id',
    },
  };
}

function read(data: { json(): unknown } | null): Record<string, unknown> {
  try {
    return { ...(data?.json() as object) };
  } catch {
    return {};
  }
}
