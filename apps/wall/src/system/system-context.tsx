import { ServiceReported } from '@siaga/contracts';
import type { Account } from '@siaga/live';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLatest, useLink, useNow } from '../link/use-live.ts';
import { missedIn } from './account-verdict.ts';
import { findingsAt, verdictOf, type Finding, type Verdict } from './findings.ts';
import { servicesAt, type ServiceSeen } from './services.ts';
import { useAccount } from './use-account.ts';

interface SystemSeen {
  services: readonly ServiceSeen[];
  findings: readonly Finding[];
  verdict: Verdict;
  /** The moment all of this is true for: now, or the last frame when the screen is not linked. Undefined before any. */
  atMs: number | undefined;
  linked: boolean;
  /** The last comparison with the log; undefined before the first. */
  account: Account | undefined;
}

const SystemContext = createContext<SystemSeen | null>(null);

/**
 * What the screen knows of the system. A screen that hears nothing must not call the services silent: then everything is
 * judged as of the last frame.
 */
export function SystemProvider({ children }: { children: ReactNode }) {
  const reports = useLatest(ServiceReported);
  const { state, lastFrameAt } = useLink();
  const nowMs = useNow();
  const account = useAccount();
  const missed = missedIn(account);
  const linked = state === 'live';
  const atMs = linked ? nowMs : lastFrameAt;
  const seen = useMemo(() => {
    const services = atMs === undefined ? [] : servicesAt(reports, atMs);
    const findings = atMs === undefined ? [] : findingsAt(services, missed, atMs);
    const verdict = linked || missed > 0 ? verdictOf(services, findings) : ('unknown' as const);
    return { services, findings, verdict, atMs, linked, account };
  }, [reports, atMs, linked, missed, account]);
  return <SystemContext value={seen}>{children}</SystemContext>;
}

/** What the screen knows of the system. */
export function useSystem(): SystemSeen {
  const seen = useContext(SystemContext);
  if (seen === null) throw new Error('useSystem outside SystemProvider');
  return seen;
}
