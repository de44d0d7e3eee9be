import { ServiceReported } from '@siaga/contracts';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLatest, useLink, useNow } from '../link/use-live.ts';
import { findingsAt, verdictOf, type Finding, type Verdict } from './findings.ts';
import { servicesAt, type ServiceSeen } from './services.ts';

interface SystemSeen {
  services: readonly ServiceSeen[];
  findings: readonly Finding[];
  verdict: Verdict;
  /** The moment all of this is true for: now, or the last frame when the screen is not linked. Undefined before any. */
  atMs: number | undefined;
  linked: boolean;
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
  const linked = state === 'live';
  const atMs = linked ? nowMs : lastFrameAt;
  const seen = useMemo(() => {
    const services = atMs === undefined ? [] : servicesAt(reports, atMs);
    const findings = atMs === undefined ? [] : findingsAt(services, 0, atMs);
    const verdict = linked ? verdictOf(services, findings) : ('unknown' as const);
    return { services, findings, verdict, atMs, linked };
  }, [reports, atMs, linked]);
  return <SystemContext value={seen}>{children}</SystemContext>;
}

/** What the screen knows of the system. */
export function useSystem(): SystemSeen {
  const seen = useContext(SystemContext);
  if (seen === null) throw new Error('useSystem outside SystemProvider');
  return seen;
}
