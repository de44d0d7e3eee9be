const FIRST_MS = 5000;
const LONGEST_MS = 60_000;

/**
 * How long a screen waits before it asks again whether somebody has signed in, after so many refusals in a row: 5 s, twice
 * as long each time, at most 60 s. Up to a quarter more, at random: screens that were signed out together must not all come
 * together.
 */
export function signedOutRetryMs(refusals: number, random: () => number = Math.random): number {
  return Math.min(FIRST_MS * 2 ** refusals, LONGEST_MS) * (1 + random() / 4);
}
