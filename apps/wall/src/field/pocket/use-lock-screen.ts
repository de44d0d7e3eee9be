import { useEffect } from 'react';
import { useLink } from '../../link/use-live.ts';
import { closeNotices } from './pocket.ts';

/** Of jobs on the lock screen only one that waits to be accepted stays: `assignmentId`, as soon as the city has said it. */
export function useLockScreen(assignmentId: string | undefined): void {
  const isLive = useLink().state === 'live';
  useEffect(() => {
    // before the city has said what is so, a notice may be of a job that this page has not heard of yet
    if (!isLive) return;
    // a browser that does not say what it shows keeps it
    closeNotices(assignmentId).catch(() => undefined);
  }, [assignmentId, isLive]);
}
