import { ServiceReported } from '@siaga/contracts';
import type { LatestItem } from '@siaga/live';
import { isFresh } from '../link/age.ts';

/** `silent`: its last report is older than its contract calls fresh, so whatever it said is no longer known to be so. */
export type ServiceState = 'silent' | 'not-ready' | 'up';

/** One process as the room sees it. */
export interface ServiceSeen {
  key: string;
  /** `waste`, or `waste · host-2` where several of a service report. */
  name: string;
  state: ServiceState;
  report: ServiceReported;
  /** When the log took its last report. */
  heardMs: number;
}

type Reports = ReadonlyMap<string, LatestItem<ServiceReported>>;

const ranks: Record<ServiceState, number> = { silent: 0, 'not-ready': 1, up: 2 };

/** Every process that reports, at a moment of the city's clock; what needs somebody first, then by name. */
export function servicesAt(reports: Reports, atMs: number): ServiceSeen[] {
  const replicas = new Map<string, number>();
  for (const { data } of reports.values()) replicas.set(data.service, (replicas.get(data.service) ?? 0) + 1);
  return [...reports]
    .map(([key, { data, atMs: heardMs }]) => ({
      key,
      name: (replicas.get(data.service) ?? 0) > 1 ? `${data.service} · ${data.instanceId}` : data.service,
      state: stateOf(data, heardMs, atMs),
      report: data,
      heardMs,
    }))
    .sort((one, other) => ranks[one.state] - ranks[other.state] || one.name.localeCompare(other.name, 'id'));
}

function stateOf({ ready }: ServiceReported, heardMs: number, atMs: number): ServiceState {
  if (!isFresh(ServiceReported, heardMs, atMs)) return 'silent';
  return ready ? 'up' : 'not-ready';
}

/** What the newest report that tells of it says: gateways alone know of screens, dead letters and the disk. */
export function told<Part extends 'live' | 'deadLetters' | 'storage'>(
  services: readonly ServiceSeen[],
  part: Part,
): { value: NonNullable<ServiceReported[Part]>; by: ServiceSeen } | undefined {
  let newest: { value: NonNullable<ServiceReported[Part]>; by: ServiceSeen } | undefined;
  for (const by of services) {
    const value = by.report[part];
    if (value !== undefined && (newest === undefined || by.heardMs > newest.by.heardMs)) newest = { value, by };
  }
  return newest;
}

/** Screens of all gateways that are heard, and their slowest figures. */
export interface LiveSum {
  screens: number;
  gateways: number;
  p50Ms?: number;
  p99Ms?: number;
  /** The oldest of the reports it is made of. */
  heardMs: number;
}

/** Undefined while no gateway is heard. */
export function sumLive(services: readonly ServiceSeen[]): LiveSum | undefined {
  let sum: LiveSum | undefined;
  for (const { state, report, heardMs } of services) {
    if (state === 'silent' || report.live === undefined) continue;
    const { screens, eventToScreenP50Ms: p50Ms, eventToScreenP99Ms: p99Ms } = report.live;
    sum = {
      screens: (sum?.screens ?? 0) + screens,
      gateways: (sum?.gateways ?? 0) + 1,
      heardMs: Math.min(sum?.heardMs ?? heardMs, heardMs),
      ...worst('p50Ms', sum?.p50Ms, p50Ms),
      ...worst('p99Ms', sum?.p99Ms, p99Ms),
    };
  }
  return sum;
}

function worst<Name extends string>(name: Name, one: number | undefined, other: number | undefined) {
  const value = one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, number>>;
}
