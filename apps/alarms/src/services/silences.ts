import { ConditionChanged, type ServiceReported } from '@siaga/contracts';

/** Reports come every 5 s; six that did not come are no slow disk any more. */
export const SILENT_MS = 30_000;

/** A process that reports, and when the log last heard it. */
export interface Heard {
  readonly report: Pick<ServiceReported, 'service' | 'instanceId'>;
  readonly timeMs: number;
}

/**
 * What is to be said of our own processes: that one fell silent, or that one is heard again or has gone for good. `said`
 * is what was said last. Nothing while `ownTimeMs`, the last report of this process, is old, too: then it is the log that
 * is away, and everybody seems silent.
 */
export function silences(
  heard: readonly Heard[],
  said: ReadonlyMap<string, ConditionChanged>,
  { nowMs, ownTimeMs }: { nowMs: number; ownTimeMs: number },
): ConditionChanged[] {
  if (nowMs - ownTimeMs > SILENT_MS / 2) return [];
  const silent = new Map(
    heard
      .filter(({ timeMs }) => nowMs - timeMs > SILENT_MS)
      .map((one) => {
        const condition = silenceOf(one, nowMs);
        return [ConditionChanged.key(condition), condition];
      }),
  );
  const begun = [...silent].filter(([key]) => said.get(key)?.active !== true).map(([, condition]) => condition);
  const ended = [...said].filter(([key, { active }]) => active && !silent.has(key));
  return [
    ...begun,
    ...ended.map(([, condition]) => ({ ...condition, active: false, changedAtMs: after(condition, nowMs) })),
  ];
}

/** Ours among all conditions. */
export const isSilence = ({ thing, kind }: ConditionChanged): boolean =>
  thing.kind === 'service' && kind === 'communicationFailure';

function silenceOf({ report, timeMs }: Heard, nowMs: number): ConditionChanged {
  const { service, instanceId } = report;
  const thingId = `${service}-${instanceId}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 40);
  return {
    ...{ thing: { kind: 'service', thingId }, name: `layanan ${service}`, kind: 'communicationFailure', active: true },
    ...{ severity: 'high', basis: 'measured', agency: 'command', within: [] },
    ...{ sinceMs: timeMs, changedAtMs: nowMs, detail: silent(service, instanceId) },
  };
}

/** In both languages; some instances have names longer than anybody reads. */
function silent(service: string, instanceId: string): string {
  const instance = instanceId.slice(0, 50);
  return `${service} di ${instance} tidak melapor · ${service} on ${instance} does not report`.slice(0, 200);
}

const after = ({ changedAtMs }: ConditionChanged, nowMs: number): number => Math.max(nowMs, changedAtMs + 1);
