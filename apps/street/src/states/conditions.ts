import type { AlarmSeverity, ConditionChanged, KelurahanCode, Place } from '@siaga/contracts';
import type { z } from 'zod';
import type { Trouble } from './trouble.ts';

/** How grave a kind of trouble is where; what is not named is `information`. A dark block is `high`, and no more. */
const severities: Readonly<Record<string, Readonly<Record<string, AlarmSeverity>>>> = {
  lamp: {
    leakageDetected: 'critical',
    supplyLoss: 'medium',
    lampFailure: 'medium',
    relayFailure: 'medium',
    highTemperature: 'medium',
    supplyVoltageTooHigh: 'medium',
  },
  panel: {
    leakageDetected: 'critical',
    supplyLoss: 'high',
    circuitBreakerTripped: 'high',
    switchingErrorOff: 'high',
    cabinetDoorOpen: 'medium',
    communicationFailure: 'medium',
    switchingErrorOn: 'medium',
    currentTooHigh: 'medium',
    supplyVoltageTooHigh: 'medium',
    supplyVoltageTooLow: 'medium',
  },
};

/** Current in a pole that people touch. */
const mayKill = new Set(['leakageDetected']);

/** The thing in trouble, as the alarm desk is to know it. */
export interface Subject {
  kind: 'lamp' | 'panel';
  thingId: string;
  name: string;
  /** Nearest first. */
  within: readonly string[];
  place?: (Place & { kelurahanCode?: z.infer<typeof KelurahanCode> | undefined }) | undefined;
}

/** One trouble that a thing says itself, as a condition. */
export function conditionOf(
  { kind: sort, thingId, name, within, place }: Subject,
  { kind, active, sinceMs, changedAtMs }: Trouble,
): ConditionChanged {
  return {
    ...{ thing: { kind: sort, thingId }, name, kind, active },
    severity: severities[sort]?.[kind] ?? 'information',
    ...(mayKill.has(kind) && { lifeRisk: true }),
    ...{ basis: 'measured', agency: 'dishub' as const, within: [...within], place },
    ...{ sinceMs, changedAtMs },
  };
}
