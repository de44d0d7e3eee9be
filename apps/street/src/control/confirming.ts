import type { StreetTelemetry } from '@siaga/contracts';
import { changed, isReachable, stepOf, withStep, type Override, type Row } from './step.ts';

/** What a controller measured, against what it was told; `targetPercent`: of the override, or of the programme on the way back. */
export function heard(override: Override, report: StreetTelemetry, targetPercent: number): Override {
  const atMs = Math.min(report.atMs, report.receivedAtMs);
  return changed(override, (row) => {
    const step = stepOf(row);
    if (row.thing !== report.thing || !isReachable(row)) return row;
    if (step.state === 'confirmed' || atMs < step.issuedAtMs || isUnasked(row, atMs, override.untilMs)) return row;
    const state = isSo(report, { targetPercent, watt: row.watt });
    if (state === true)
      return withStep(row, { ...step, because: undefined, state: 'confirmed', atMs: report.receivedAtMs });
    const because = troubleIn(report, step.issuedAtMs);
    if (because === undefined || step.state === 'failed') return row;
    return withStep(row, { ...step, state: 'failed', because, atMs: report.receivedAtMs });
  });
}

/**
 * Nobody asked it back yet, and it is not back by itself: should it give what its programme gives, the controller still has
 * the override, and would hold it when the programme switches.
 */
const isUnasked = (row: Row, atMs: number, untilMs: number) => row.restored?.state === 'waiting' && atMs < untilMs;

/** A lamp is never exact: within so many points it does as it was told. */
const NEAR_POINTS = 5;
/** Told by its power alone: ballasts differ. */
const NEAR_POWER_POINTS = 20;
/** Below this a lamp only feeds its controller. */
const STANDBY = { w: 2, share: 0.05 };

/** Whether what is measured is what was told; undefined where nothing says. */
function isSo({ lamp, panel }: StreetTelemetry, { targetPercent, watt }: { targetPercent: number; watt: number }) {
  if (panel?.contactor !== undefined) return (panel.contactor === 'closed') === targetPercent > 0;
  const { levelPercent, activePowerW } = lamp ?? {};
  if (levelPercent !== undefined) {
    const isOff = levelPercent === 0;
    return isOff === (targetPercent === 0) && Math.abs(levelPercent - targetPercent) <= NEAR_POINTS;
  }
  if (activePowerW === undefined) return undefined;
  const isLit = activePowerW > Math.max(STANDBY.w, watt * STANDBY.share);
  if (targetPercent === 0 || targetPercent === 100) return isLit === targetPercent > 0;
  return isLit && Math.abs((activePowerW / watt) * 100 - targetPercent) <= NEAR_POWER_POINTS;
}

/** What a controller says when it could not do it, in TALQ's words. */
const REFUSALS = [
  ...['relayFailure', 'dimmingFailure', 'controlGearCommFailure', 'contactorError', 'lampFailure', 'supplyLoss'],
  ...['circuitBreakerTripped', 'localOverride'],
];

function troubleIn({ events }: StreetTelemetry, sinceMs: number): string | undefined {
  return events.find(
    ({ eventType, startEndFlag, atMs }) => startEndFlag === 'start' && atMs >= sinceMs && REFUSALS.includes(eventType),
  )?.eventType;
}
