/** Takes off the lock screen what is no job to accept any more: accepted, called off, sent elsewhere. */
export function closeAllBut(
  shown: readonly Pick<Notification, 'tag' | 'close'>[],
  assignmentId: string | undefined,
): void {
  for (const notice of shown) if (notice.tag !== assignmentId) notice.close();
}
