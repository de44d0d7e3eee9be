import { StreetReportChanged } from '@siaga/contracts';
import { useMemo } from 'react';
import { useLatest } from '../../link/use-live.ts';

/** Reports that are not closed, the one to be answered first in front. */
export function useWaitingReports(): readonly StreetReportChanged[] {
  const heard = useLatest(StreetReportChanged);
  return useMemo(
    () =>
      [...heard.values()]
        .map(({ data }) => data)
        .filter(({ status }) => status === 'accepted' || status === 'scheduled')
        .sort((one, other) => one.dueAtMs - other.dueAtMs || one.firstAtMs - other.firstAtMs),
    [heard],
  );
}
