import { isBackupLate } from './backup-age.ts';
import { sumLive, told, type ServiceSeen } from './services.ts';

/** Something that is not as it should be. `down`: part of the city's data does not arrive or is not kept. */
export type Finding =
  | { kind: 'missed'; tone: 'down'; count: number }
  | { kind: 'disk-full'; tone: 'down' }
  | { kind: 'all-silent'; tone: 'down'; sinceMs: number }
  | { kind: 'silent'; tone: 'down'; name: string; sinceMs: number }
  | { kind: 'not-ready'; tone: 'attention'; name: string }
  | { kind: 'lag'; tone: 'attention'; name: string; events: number }
  | { kind: 'slow'; tone: 'attention'; p99Ms: number }
  | { kind: 'dead-letters'; tone: 'attention'; count: number }
  | { kind: 'disk-low'; tone: 'attention'; freeBytes: number }
  | { kind: 'no-backup'; tone: 'attention' }
  | { kind: 'old-backup'; tone: 'attention'; atMs: number };

/** The light: `unknown` while no report has come, or while the screen itself is not linked. */
export type Verdict = 'well' | 'attention' | 'down' | 'unknown';

/** Two seconds of what the reference city emits at its busiest: a handler that is this far behind does not keep up. */
const manyEvents = 1000;
/** A truck at 50 km/h is 14 m further by then: the wall no longer shows now. */
const slowMs = 1000;
/** A few days of a busy city; the engine refuses writes some way below. */
const littleBytes = 2e9;

/** Everything that is not as it should be at a moment, what is down first. `missed`: events this screen never got. */
export function findingsAt(services: readonly ServiceSeen[], missed: number, atMs: number): Finding[] {
  return [
    ...(missed > 0 ? [{ kind: 'missed', tone: 'down', count: missed } as const] : []),
    ...silences(services),
    ...ofStorage(services, atMs),
    ...services.flatMap(ofService),
    ...ofLive(services),
    ...ofDeadLetters(services),
  ].sort((one, other) => Number(other.tone === 'down') - Number(one.tone === 'down'));
}

/** What the light shows for these findings. */
export function verdictOf(services: readonly ServiceSeen[], findings: readonly Finding[]): Verdict {
  if (findings.some(({ tone }) => tone === 'down')) return 'down';
  if (services.length === 0) return 'unknown';
  return findings.length > 0 ? 'attention' : 'well';
}

/** When nobody is heard it is the log that does not pass reports on: one finding, not one for each. */
function silences(services: readonly ServiceSeen[]): Finding[] {
  const silent = services.filter(({ state }) => state === 'silent');
  if (silent.length > 1 && silent.length === services.length) {
    return [{ kind: 'all-silent', tone: 'down', sinceMs: Math.max(...silent.map(({ heardMs }) => heardMs)) }];
  }
  return silent.map(({ name, heardMs }) => ({ kind: 'silent', tone: 'down', name, sinceMs: heardMs }));
}

function ofService({ state, name, report: { handlers } }: ServiceSeen): Finding[] {
  if (state === 'silent') return [];
  const events = handlers?.lagEvents ?? 0;
  return [
    ...(state === 'not-ready' ? [{ kind: 'not-ready', tone: 'attention', name } as const] : []),
    ...(events >= manyEvents ? [{ kind: 'lag', tone: 'attention', name, events } as const] : []),
  ];
}

function ofLive(services: readonly ServiceSeen[]): Finding[] {
  const p99Ms = sumLive(services)?.p99Ms ?? 0;
  return p99Ms >= slowMs ? [{ kind: 'slow', tone: 'attention', p99Ms }] : [];
}

function ofDeadLetters(services: readonly ServiceSeen[]): Finding[] {
  const count = told(services, 'deadLetters')?.value ?? 0;
  return count > 0 ? [{ kind: 'dead-letters', tone: 'attention', count }] : [];
}

function ofStorage(services: readonly ServiceSeen[], atMs: number): Finding[] {
  const storage = told(services, 'storage')?.value;
  if (storage === undefined) return [];
  const { full, freeBytes, lastBackup } = storage;
  const findings: Finding[] = [];
  if (full) findings.push({ kind: 'disk-full', tone: 'down' });
  else if (freeBytes < littleBytes) findings.push({ kind: 'disk-low', tone: 'attention', freeBytes });
  if (isBackupLate(storage, atMs)) {
    findings.push(
      lastBackup === undefined
        ? { kind: 'no-backup', tone: 'attention' }
        : { kind: 'old-backup', tone: 'attention', atMs: lastBackup.atMs },
    );
  }
  return findings;
}
