/** From when on something that does not add up is said, each as a share. In words in `docs/panduan/dishub.md`. */
export const moneyThresholds = {
  /** Ballasts, cables and rounding explain so much above what lamps can use. */
  'estimate-too-high': { billedOfExpected: 1.15 },
  'illegal-tap': { measuredOfExpected: 1.25 },
  /**
   * So much of what its lamps should have used fell to darkness, and the bill is so much above what was left to burn. A fixed
   * estimate leaves no room; a meter counts ballasts and cables, too.
   */
  'paid-but-dark': { darkOfExpected: 0.05, billedOfBurnt: 1.02, meteredOfBurnt: 1.25 },
} as const;
