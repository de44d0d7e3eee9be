/** Of a notice: its tag is its job, and what was pushed stands with it. */
interface Shown {
  readonly tag: string;
  readonly data?: unknown;
  close(): void;
}

/** Takes off the lock screen what is no job to accept any more: accepted, called off, sent elsewhere. */
export function closeAllBut(shown: readonly Shown[], assignmentId: string | undefined): void {
  for (const notice of shown) if (notice.tag !== assignmentId) notice.close();
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
