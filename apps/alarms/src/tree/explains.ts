import type { AlarmKind } from '@siaga/contracts';

/** What a thing does or does not do when nothing feeds it any more. */
const darkness: readonly AlarmKind[] = [
  'supplyLoss',
  'supplyVoltageTooLow',
  'batteryMode',
  'lampFailure',
  'dimmingFailure',
  'relayFailure',
  'cyclingFailure',
  'contactorError',
  'controlGearCommFailure',
  'switchingErrorOff',
  'lampPowerTooLow',
  'currentTooLow',
  'powerFactorTooLow',
  // people see it as well
  'reportedDark',
  'reportedFlickering',
];

/** What is not seen of a thing that cannot be reached. */
const silence: readonly AlarmKind[] = [
  'communicationFailure',
  'communicationQuality',
  'deviceReset',
  'unreachable',
  'noStream',
  'frozenPicture',
  'blackPicture',
];

/**
 * The one table of causes: which troubles of the things below a trouble explains, the strongest cause first. What is not
 * named here, a door that stands open or a leak, is never hidden, whatever happens above it.
 */
export const explains: ReadonlyMap<AlarmKind, ReadonlySet<AlarmKind>> = new Map([
  ['supplyLoss', new Set([...darkness, ...silence])],
  ['circuitBreakerTripped', new Set([...darkness, ...silence])],
  ['communicationFailure', new Set(silence)],
]);

const strengths = new Map([...explains.keys()].map((kind, index) => [kind, explains.size - index]));

/** How strong a cause of others a trouble is; 0 for one that explains nothing. */
export const strengthOf = (kind: AlarmKind): number => strengths.get(kind) ?? 0;
