/** How much is done: a short run with `npm test`, a long one with `npm run faults`. */
export const extent =
  process.env['FAULTS_LONG'] === undefined
    ? { kills: 8, moments: 1, frozenMs: 12_000, cutMs: 10_000 }
    : {
        kills: Number(process.env['FAULTS_KILLS'] ?? 200),
        moments: 10,
        frozenMs: 20_000,
        cutMs: 90_000,
      };

/** What decides everything random: `FAULTS_SEED` of a run that failed, or a new one. */
export const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 1_000_000);
