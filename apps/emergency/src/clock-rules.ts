/** A telephone's or a tracker's clock may be so far off, ms; further and nobody knows when it was. */
export const CLOCK_OFF_MS = 300_000;
