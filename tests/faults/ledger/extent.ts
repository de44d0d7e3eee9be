/** How much is done: a short run with `npm test`, a long one with `npm run faults`. */
export interface Extent {
  /** Random kills in a scene. */
  readonly kills: number;
  /** How often each fault at a named moment is done. */
  readonly moments: number;
  readonly frozenMs: number;
  /** A frozen process is kept so long that the watchdog must have ended it. */
  readonly watchdogActs: boolean;
  readonly cutMs: number;
  /** How long the documents are away. */
  readonly awayMs: number;
  /** A scene that takes longer hangs. */
  readonly endsWithinMs: number;
}

export const isLong = process.env['FAULTS_LONG'] !== undefined;

const long: Omit<Extent, 'endsWithinMs'> = {
  ...{ kills: 20, moments: 5, frozenMs: 20_000, watchdogActs: true, cutMs: 90_000, awayMs: 30_000 },
};
const short = { ...long, kills: 1, moments: 1, frozenMs: 1500, watchdogActs: false, cutMs: 4000, awayMs: 1500 };

export const extent: Extent = isLong ? { ...long, endsWithinMs: 1_200_000 } : { ...short, endsWithinMs: 120_000 };

/** How often the scenes of death are played: three times is about half an hour for all of `npm run faults`. */
export const rounds = isLong ? Number(process.env['FAULTS_ROUNDS'] ?? 3) : 1;

/** What decides everything random: `FAULTS_SEED` of a run that failed, or a new one. */
export const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 1_000_000);
