/** When a number means trouble, and when it is over: worse than the first for so long, then better than the second. */
export interface Threshold<Measure extends string> {
  readonly fault: string;
  readonly measure: Measure;
  readonly above?: number;
  readonly below?: number;
  /** The trouble ends on the other side of this. */
  readonly endsAt: number;
  /** Two reports at least so far apart say so. */
  readonly forS: number;
}

/** Numbers a lamp is judged by; what is so or not is 1 or 0. */
export type LampMeasure =
  | 'supplyVoltageV'
  | 'temperatureC'
  | 'powerFactor'
  | 'powerPercent'
  | 'dimmingErrorPercent'
  | 'unlitThoughItShould'
  | 'litThoughToldOff'
  | 'litByDay';

/** Supply at the pole: 230 V +10 % −10 % with some air, as PLN's lines in cities are. */
export const lampThresholds: readonly Threshold<LampMeasure>[] = [
  { fault: 'supplyVoltageTooHigh', measure: 'supplyVoltageV', above: 253, endsAt: 248, forS: 60 },
  { fault: 'supplyVoltageTooLow', measure: 'supplyVoltageV', below: 198, endsAt: 203, forS: 60 },
  { fault: 'highTemperature', measure: 'temperatureC', above: 85, endsAt: 75, forS: 300 },
  { fault: 'powerFactorTooLow', measure: 'powerFactor', below: 0.7, endsAt: 0.75, forS: 600 },
  { fault: 'lampPowerTooHigh', measure: 'powerPercent', above: 130, endsAt: 120, forS: 600 },
  { fault: 'lampPowerTooLow', measure: 'powerPercent', below: 50, endsAt: 60, forS: 600 },
  { fault: 'dimmingFailure', measure: 'dimmingErrorPercent', above: 15, endsAt: 10, forS: 120 },
  { fault: 'lampFailure', measure: 'unlitThoughItShould', above: 0.5, endsAt: 0.5, forS: 120 },
  { fault: 'relayFailure', measure: 'litThoughToldOff', above: 0.5, endsAt: 0.5, forS: 120 },
  { fault: 'lampUnexpectedOn', measure: 'litByDay', above: 0.5, endsAt: 0.5, forS: 600 },
];

export type PanelMeasure =
  | 'highestVoltageV'
  | 'lowestVoltageV'
  | 'leakageMa'
  | 'loadPercent'
  | 'doorOpen'
  | 'breakerTripped'
  | 'manual'
  | 'feedsByDay'
  | 'feedsNotByNight';

/** A panel's contacts are believed at once; a leak of some tens of mA is what thirty old lamps have together. */
export const panelThresholds: readonly Threshold<PanelMeasure>[] = [
  { fault: 'supplyVoltageTooHigh', measure: 'highestVoltageV', above: 253, endsAt: 248, forS: 60 },
  { fault: 'supplyVoltageTooLow', measure: 'lowestVoltageV', below: 198, endsAt: 203, forS: 60 },
  { fault: 'leakageDetected', measure: 'leakageMa', above: 300, endsAt: 200, forS: 60 },
  { fault: 'currentTooHigh', measure: 'loadPercent', above: 100, endsAt: 95, forS: 60 },
  { fault: 'cabinetDoorOpen', measure: 'doorOpen', above: 0.5, endsAt: 0.5, forS: 0 },
  { fault: 'circuitBreakerTripped', measure: 'breakerTripped', above: 0.5, endsAt: 0.5, forS: 0 },
  { fault: 'localOverride', measure: 'manual', above: 0.5, endsAt: 0.5, forS: 0 },
  { fault: 'switchingErrorOn', measure: 'feedsByDay', above: 0.5, endsAt: 0.5, forS: 600 },
  { fault: 'switchingErrorOff', measure: 'feedsNotByNight', above: 0.5, endsAt: 0.5, forS: 600 },
];

/** A number is worse than its threshold since then; `isFault` once that lasted. */
export interface Crossing {
  fault: string;
  sinceMs: number;
  isFault: boolean;
}

/** What is crossed after a report at this time. A number that was not measured leaves things as they are. */
export function crossedAfter<Measure extends string>(
  thresholds: readonly Threshold<Measure>[],
  before: readonly Crossing[],
  { atMs, numbers }: { atMs: number; numbers: Readonly<Partial<Record<Measure, number | undefined>>> },
): Crossing[] {
  return thresholds.flatMap((threshold) => {
    const { fault, measure, forS } = threshold;
    const known = before.find((crossing) => crossing.fault === fault);
    const value = numbers[measure];
    if (value === undefined) return known === undefined ? [] : [known];
    if (isOver(threshold, value)) return [];
    if (known === undefined && !isCrossed(threshold, value)) return [];
    const sinceMs = known?.sinceMs ?? atMs;
    return [{ fault, sinceMs, isFault: known?.isFault === true || atMs - sinceMs >= forS * 1000 }];
  });
}

const isCrossed = ({ above = Infinity, below = -Infinity }: Threshold<string>, value: number) =>
  value > above || value < below;
const isOver = ({ above, endsAt }: Threshold<string>, value: number) =>
  above === undefined ? value >= endsAt : value <= endsAt;
